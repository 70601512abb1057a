import { watch, type Ref } from 'vue'
import type { useReviewQueue } from './useReviewQueue'

interface FirstPhotoParts {
  readonly queue: ReturnType<typeof useReviewQueue>
  readonly image: Readonly<Ref<number | undefined>>
  readonly show: (image: number | undefined, how: 'replace') => void
  /** Whether the photo that is shown was painted on. */
  readonly hasStrokes: () => boolean
}

/** An address without a photo means the first of the list, if there is one; when its order is known, the first of that. */
export function useFirstPhoto({ queue, image, show, hasStrokes }: FirstPhotoParts): void {
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
  /** A list without photos shows none: not the first of the list before. */
  watch(queue.items, items => {
    const isEmpty = items.length === 0 && queue.found.value?.measured === true
    if (isEmpty && untouched !== undefined && image.value === untouched && !hasStrokes()) show(undefined, 'replace')
  })
  watch(image, now => {
    if (now !== undefined && now !== untouched) untouched = undefined
    else if (now === undefined && queue.items.value[0] !== undefined)
      show((untouched = queue.items.value[0].image), 'replace')
  })
}
