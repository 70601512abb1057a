import { onScopeDispose } from 'vue'
import type { ReviewMask } from '../../../../../shared/contract/review'
import { api } from '../../../api/client'
import { useLiveStore } from '../../../stores/live'
import type { DeskKey, useReviewDesk } from './useReviewDesk'
import type { useReviewQueue } from '../queue/useReviewQueue'

/** A rule or a fast reviewer changes many photos in a moment, ms. */
const lookAfterMs = 250
/** Photos that are asked about together at most. */
const mostAsked = 500

interface OtherWindowsParts {
  readonly key: () => Pick<DeskKey, 'project' | 'source'>
  readonly queue: ReturnType<typeof useReviewQueue>
  readonly desk: ReturnType<typeof useReviewDesk>
}

/** What other windows decide shows here a moment later: the listed photos that they touched are looked at again. */
export function useOtherWindows({ key, queue, desk }: OtherWindowsParts): void {
  const touched = new Set<number>()
  let all = false
  let timer: ReturnType<typeof setTimeout> | undefined

  async function look(): Promise<void> {
    const wanted = queue.items.value.map(({ image }) => image).filter(image => all || touched.has(image))
    touched.clear()
    all = false
    for (let from = 0; from < wanted.length; from += mostAsked) {
      const asked = { ...key(), images: wanted.slice(from, from + mostAsked) }
      const standings = await api.review.standings.query(asked)
      if (asked.project !== key().project) return
      const changes = standings.map(({ image, mask: { state, edited, version, blob } }) => {
        return [image, { state, edited, version, blob }] as const
      })
      queue.changeAll(new Map(changes))
      for (const { image, mask } of standings) follow(image, mask)
    }
  }

  /** What was decided holds here too; where another window has painted, this one meets it when it saves. */
  function follow(image: number, mask: ReviewMask): void {
    const saver = desk.saverOf(image)
    if (saver !== undefined && !saver.isBusy && saver.mask.version === mask.version) saver.follow(mask)
  }

  const stop = useLiveStore().listen(event => {
    const mine = event.type === 'review' && event.project === key().project
    if (event.type === 'reset' || (mine && event.image === null)) all = true
    else if (mine && event.image !== null) touched.add(event.image)
    else return
    clearTimeout(timer)
    // What cannot be asked now is asked with the next change: the list is as it was until then.
    timer = setTimeout(() => void look().catch(() => undefined), lookAfterMs)
  })
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })
}
