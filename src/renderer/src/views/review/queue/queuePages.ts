import { shallowRef, type ShallowRef } from 'vue'
import type { QueueItem } from '../../../../../shared/contract/reviewQueue'

/** As much of a list as one answer has. */
export interface QueuePage {
  readonly items: readonly QueueItem[]
  /** The photo after which the next page begins; null: there is none. */
  readonly next: number | null
}

export interface QueuePages {
  readonly items: ShallowRef<readonly QueueItem[]>
  /** Another list from here on: pages of the last one that are still on their way are dropped. */
  readonly begin: (first: QueuePage | undefined) => void
  /** Fetches the next page; a page that is on its way is waited for. @throws what fetching it met */
  readonly more: () => Promise<void>
  /** Fetches pages until `isThere`, the end, or another list. @throws what fetching one met */
  readonly until: (isThere: () => boolean) => Promise<void>
}

/** A list that grows page by page. */
export function queuePages(fetch: (after: number) => Promise<QueuePage>): QueuePages {
  const items = shallowRef<readonly QueueItem[]>([])
  let next: number | null = null
  let list = {}
  let underWay: { readonly of: object; readonly arrived: Promise<void> } | undefined

  function begin(first: QueuePage | undefined): void {
    list = {}
    items.value = first?.items ?? []
    next = first?.next ?? null
  }

  async function more(): Promise<void> {
    if (underWay?.of === list) return underWay.arrived
    if (next === null) return
    const own = { of: list, arrived: append(list, next) }
    underWay = own
    try {
      await own.arrived
    } finally {
      if (underWay === own) underWay = undefined
    }
  }

  async function append(of: object, after: number): Promise<void> {
    const page = await fetch(after)
    if (of !== list) return
    const known = new Set(items.value.map(({ image }) => image))
    items.value = [...items.value, ...page.items.filter(({ image }) => !known.has(image))]
    next = page.next
  }

  async function until(isThere: () => boolean): Promise<void> {
    const of = list
    while (of === list && next !== null && !isThere()) await more()
  }

  return { items, begin, more, until }
}
