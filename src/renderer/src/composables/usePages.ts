import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { newestOnly } from '../../../shared/newestOnly'

export interface Page<Row> {
  /** Rows of the whole list. */
  readonly total: number
  readonly rows: readonly Row[]
}

export interface Pages<Answer extends Page<unknown>> {
  /** The newest page, with whatever else the server says of the list; it stays on screen while the next is fetched. */
  readonly head: ShallowRef<Answer | undefined>
  readonly error: ShallowRef<unknown>
  readonly busy: ShallowRef<boolean>
  /** The row at a place, once it is here. */
  readonly rowAt: (index: number) => Answer['rows'][number] | undefined
  /** These places are on screen: fetches what is missing of them. It ends when they are here, or `error` says why not. */
  readonly want: (first: number, last: number) => Promise<void>
  readonly reload: () => Promise<void>
}

/**
 * A list that the server gives in pages, fetched as they come into view; all anew when `key` changes.
 * @param key  what is asked; undefined: nothing yet
 */
export function usePages<Key, Answer extends Page<unknown>>(
  key: () => Key | undefined,
  fetch: (key: Key, offset: number, limit: number) => Promise<Answer>,
  pageSize = 200,
): Pages<Answer> {
  const head = shallowRef<Answer>()
  const error = shallowRef<unknown>()
  const busy = shallowRef(false)
  const pages = shallowRef<ReadonlyMap<number, Answer['rows']>>(new Map())
  /** Pages that are here or on their way. */
  const asked = new Map<number, Promise<void>>()
  const lists = newestOnly()
  /** Whether the pages that are shown are of an earlier list: what comes first of this one takes their place. */
  let isOld = false

  async function fetchPage(wanted: Key, page: number): Promise<void> {
    const isMeant = lists.follow()
    busy.value = true
    try {
      const answer = await fetch(wanted, page * pageSize, pageSize)
      if (!isMeant()) return
      pages.value = new Map(isOld ? [] : pages.value).set(page, answer.rows)
      isOld = false
      head.value = answer
      error.value = undefined
    } catch (cause) {
      if (!isMeant()) return
      asked.delete(page)
      error.value = cause
    } finally {
      if (isMeant()) busy.value = false
    }
  }

  async function fetchOnce(page: number): Promise<void> {
    const wanted = key()
    if (wanted === undefined) return
    if (!asked.has(page)) asked.set(page, fetchPage(wanted, page))
    await asked.get(page)
  }

  async function reload(): Promise<void> {
    lists.withdraw()
    asked.clear()
    isOld = true
    await fetchOnce(0)
  }

  async function want(first: number, last: number): Promise<void> {
    const end = Math.min(last, (head.value?.total ?? 0) - 1)
    const from = Math.floor(Math.max(0, first) / pageSize)
    const places = Array.from({ length: Math.floor(end / pageSize) - from + 1 }, (_, i) => from + i)
    await Promise.all(places.map(fetchOnce))
  }

  watch(() => JSON.stringify(key()), reload, { immediate: true })
  onScopeDispose(lists.withdraw)
  const rowAt = (index: number) => pages.value.get(Math.floor(index / pageSize))?.[index % pageSize]
  return { head, error, busy, rowAt, want, reload }
}
