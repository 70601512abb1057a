/**
 * Gives the values of `make(from) … make(to − 1)` in order, with up to `ahead` further ones under way: the pool decodes
 * while the engine computes. An error surfaces where its value would have come.
 */
export async function* prefetch<Value>(
  make: (index: number) => Promise<Value>,
  { from, to, ahead }: { readonly from: number; readonly to: number; readonly ahead: number },
): AsyncGenerator<Value> {
  const pending: Promise<Value>[] = []
  for (let index = from, next = from; index < to; index++) {
    for (; next < to && next <= index + ahead; next++) {
      const value = make(next)
      value.catch(() => undefined) // reported when it is awaited below, or not wanted any more
      pending.push(value)
    }
    yield await pending.shift()!
  }
}
