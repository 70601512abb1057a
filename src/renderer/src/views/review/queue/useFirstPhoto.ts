import { watch, type Ref } from 'vue'
import type { useReviewQueue } from './useReviewQueue'

interface FirstPhotoParts {
  readonly queue: ReturnType<typeof useReviewQueue>
  /** Which list is meant: its filter, states and order. */
  readonly asked: () => string
  readonly image: Readonly<Ref<number | undefined>>
  readonly show: (image: number | undefined, how: 'replace') => void
  /** Whether the photo that is shown was painted on. */
  readonly hasStrokes: () => boolean
}

/** An address without a photo means the first of the list, if there is one; when its order is known, the first of that. */
export function useFirstPhoto({ queue, asked, image, show, hasStrokes }: FirstPhotoParts): void {
  /** The photo that was shown without being asked for; a person's own choice is left alone. */
  let untouched: number | undefined

  watch(
    () => queue.items.value[0]?.image,
    first => {
      const isUntouched = image.value === undefined || (image.value === untouched && !hasStrokes())
      if (first === undefined || !isUntouched) return
      untouched = first
      show(first, 'replace')
    },
  )
  let listed = ''
  /**
   * Another list without photos shows none: not the first of the list before. Where this one was decided to its end, its
   * last photo stays.
   */
  watch(queue.items, items => {
    if (items.length > 0) listed = asked()
    const isEmpty = items.length === 0 && queue.found.value?.measured === true && listed !== asked()
    if (isEmpty && untouched !== undefined && image.value === untouched && !hasStrokes()) show(undefined, 'replace')
  })
  watch(image, now => {
    if (now !== undefined && now !== untouched) untouched = undefined
    else if (now === undefined && queue.items.value[0] !== undefined)
      show((untouched = queue.items.value[0].image), 'replace')
  })
}
