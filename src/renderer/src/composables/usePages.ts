import { onScopeDispose, shallowRef, triggerRef, watch, type ShallowRef } from 'vue'
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
  /** These places are on screen: fetches what is missing of them. */
  readonly want: (first: number, last: number) => void
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
  const pages = shallowRef(new Map<number, Answer['rows']>())
  const asked = new Set<number>()
  const lists = newestOnly()

  async function fetchPage(page: number): Promise<void> {
    const [wanted, isMeant] = [key(), lists.follow()]
    if (wanted === undefined || asked.has(page)) return
    asked.add(page)
    busy.value = true
    try {
      const answer = await fetch(wanted, page * pageSize, pageSize)
      if (!isMeant()) return
      if (page === 0) pages.value = new Map()
      pages.value.set(page, answer.rows)
      triggerRef(pages)
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

  async function reload(): Promise<void> {
    lists.withdraw()
    asked.clear()
    await fetchPage(0)
  }

  function want(first: number, last: number): void {
    const total = head.value?.total ?? 0
    for (let page = Math.floor(first / pageSize); page <= Math.floor(last / pageSize); page++)
      if (page * pageSize < total) void fetchPage(page)
  }

  watch(() => JSON.stringify(key()), reload, { immediate: true })
  onScopeDispose(lists.withdraw)
  const rowAt = (index: number) => pages.value.get(Math.floor(index / pageSize))?.[index % pageSize]
  return { head, error, busy, rowAt, want, reload }
}
