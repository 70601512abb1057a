import { toErrorData } from '../../shared/errors'

/** What was read of a photo, or why it cannot be read: the sentence that a step leaves the photo out with. */
export type Readable<Value> =
  { readonly value: Value; readonly reason?: undefined } | { readonly value?: undefined; readonly reason: string }

/** @param reading a task that reads a photo @throws whatever else it meets, and AbortError */
export async function readable<Value>(reading: Promise<Value>, signal: AbortSignal): Promise<Readable<Value>> {
  try {
    return { value: await reading }
  } catch (error) {
    signal.throwIfAborted()
    const { code, message } = toErrorData(error)
    if (code !== 'FILE_UNREADABLE' && code !== 'BAD_INPUT') throw error
    return { reason: message }
  }
}
