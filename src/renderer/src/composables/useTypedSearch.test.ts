import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { useTypedSearch } from './useTypedSearch'

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

/** A field whose text is looked for, and what was looked for so far. */
function field(first?: string) {
  const wanted = ref(first)
  const searched: (string | undefined)[] = []
  const typed = scope.run(() =>
    useTypedSearch(
      () => wanted.value,
      text => {
        searched.push(text)
        wanted.value = text
      },
    ),
  )!
  const type = async (text: string | null) => {
    typed.value = text
    await nextTick()
    vi.runAllTimers()
    await nextTick()
  }
  return { wanted, searched, typed, type }
}

test('what is typed is looked for without the spaces around it, which stay in the field', async () => {
  const { searched, typed, type } = field()
  await type('black ')
  expect([searched, typed.value]).toEqual([['black'], 'black '])
  await type('black cat')
  expect(searched).toEqual(['black', 'black cat'])
})

test('a field shows what is looked for from elsewhere, and a cleared one looks for nothing', async () => {
  const { wanted, searched, typed, type } = field('dog')
  expect(typed.value).toBe('dog')
  wanted.value = 'cat'
  await nextTick()
  expect(typed.value).toBe('cat')
  await type(null)
  expect(searched).toEqual([undefined])
})
