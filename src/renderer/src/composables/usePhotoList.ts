import { computed, onScopeDispose, shallowRef, watch, type ComputedRef, type ShallowRef } from 'vue'
import type { PhotoPage, PhotoRow } from '../../../shared/contract/photos'

/** Photos a request: a few screens full. */
const pageSize = 120
/** Pages kept around what is shown. */
const keptPages = 40
/** What scrolls by faster than this is not asked for, ms. */
const askEveryMs = 30

export interface PhotoPart {
  readonly offset: number
  readonly limit: number
}

export interface PhotoList {
  /** Photos in the list; undefined until the first answer. */
  readonly total: ComputedRef<number | undefined>
  /** The photo at a place; undefined while it is not here yet. */
  readonly at: (index: number) => PhotoRow | undefined
  /** Says which places are on the screen. */
  readonly want: (first: number, last: number) => void
  /** Asks again for what is shown: something is different. */
  readonly refresh: () => void
  readonly error: ShallowRef<unknown>
  /** Another list was asked for and is not here yet: what is shown is the one before. */
  readonly stale: ComputedRef<boolean>
}

interface Shown {
  readonly key: string
  readonly total: number
  readonly pages: ReadonlyMap<number, readonly PhotoRow[]>
}

type Fetch<Key> = (key: Key, part: PhotoPart, signal: AbortSignal) => Promise<PhotoPage>

/**
 * A long list of photos, fetched by pages around what is on the screen.
 * @param key which list; while the next one is fetched the one before stays
 */
export function usePhotoList<Key>(key: () => Key, fetch: Fetch<Key>): PhotoList {
  const shown = shallowRef<Shown>()
  const error = shallowRef<unknown>()
  const wantedKey = computed(() => JSON.stringify(key()))
  const asked = new Questions()
  let wanted: readonly [first: number, last: number] = [0, 0]
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Fetches pages; they appear together. @param replacing drop what was there: it may be different now */
  async function load(pages: readonly number[], replacing: boolean): Promise<void> {
    const listKey = wantedKey.value
    const question = asked.begin(pages)
    try {
      const parts = pages.map(page => fetch(key(), { offset: page * pageSize, limit: pageSize }, question.signal))
      const answers = await Promise.all(parts)
      if (question.signal.aborted) return
      const before = replacing || shown.value?.key !== listKey ? undefined : shown.value
      shown.value = joined(before, listKey, pages, answers)
      error.value = undefined
    } catch (cause) {
      if (!question.signal.aborted) error.value = cause
    } finally {
      asked.end(pages, question)
    }
  }

  function askForWanted(): void {
    timer = undefined
    const pages = pagesOf(wanted)
    asked.keepOnly(pages)
    for (const page of pages) if (!asked.has(page) && !shown.value?.pages.has(page)) void load([page], false)
  }

  function want(first: number, last: number): void {
    wanted = [first, last]
    timer ??= setTimeout(askForWanted, askEveryMs)
  }

  function refresh(): void {
    asked.keepOnly([])
    void load(pagesOf(wanted), true)
  }

  watch(
    wantedKey,
    () => {
      asked.keepOnly([])
      wanted = [0, 0]
      void load([0], true)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    asked.keepOnly([])
    clearTimeout(timer)
  })
  return {
    total: computed(() => shown.value?.total),
    at: index => shown.value?.pages.get(Math.floor(index / pageSize))?.[index % pageSize],
    want,
    refresh,
    error,
    stale: computed(() => shown.value !== undefined && shown.value.key !== wantedKey.value),
  }
}

/** Pages that are being fetched. An answer to a question that was dropped is not looked at. */
class Questions {
  readonly #asked = new Map<number, AbortController>()

  has(page: number): boolean {
    return this.#asked.has(page)
  }

  begin(pages: readonly number[]): AbortController {
    const question = new AbortController()
    for (const page of pages) this.#asked.set(page, question)
    return question
  }

  end(pages: readonly number[], question: AbortController): void {
    for (const page of pages) if (this.#asked.get(page) === question) this.#asked.delete(page)
  }

  /** Drops the questions about all other pages. */
  keepOnly(pages: readonly number[]): void {
    for (const [page, question] of this.#asked) {
      if (pages.includes(page)) continue
      question.abort()
      this.#asked.delete(page)
    }
  }
}

/** What is shown with new pages; the oldest go. */
function joined(
  before: Shown | undefined,
  key: string,
  pages: readonly number[],
  answers: readonly PhotoPage[],
): Shown {
  const fetched = pages.map((page, i) => [page, answers[i]!.rows] as const)
  const kept = [...(before?.pages ?? [])].slice(-keptPages)
  return { key, total: answers[0]!.total, pages: new Map([...kept, ...fetched]) }
}

function pagesOf([first, last]: readonly [number, number]): number[] {
  const from = Math.floor(first / pageSize)
  return Array.from({ length: Math.floor(last / pageSize) - from + 1 }, (_, i) => from + i)
}
