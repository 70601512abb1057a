import type { ComputedRef } from 'vue'
import type { ReviewDecision } from '../../../../../shared/contract/review'
import type { ReviewState } from '../../../../../shared/contract/states'
import { api } from '../../../api/client'
import { useNoticesStore } from '../../../stores/notices'
import { reviewTexts } from '../../../texts/review'
import type { useReviewDesk } from '../desk/useReviewDesk'
import type { useReviewQueue } from '../queue/useReviewQueue'

export interface ReviewActsSetup {
  readonly project: ComputedRef<string>
  readonly desk: ReturnType<typeof useReviewDesk>
  readonly queue: ReturnType<typeof useReviewQueue>
  readonly show: (image: number) => void
}

/** Saying yes or no, and going on: the next photo comes at once, what was said is stored behind it. */
export function useReviewActs({ project, desk, queue, show }: ReviewActsSetup) {
  const notices = useNoticesStore()

  /** Enter: what a tool has in progress is done; where there is nothing, the mask is accepted. */
  function confirm(): void {
    if (desk.current.value?.editor.key('Enter') !== true) decide('accept')
  }

  /** What a tool has in progress is left. */
  function decide(decision: ReviewDecision): void {
    const photo = desk.current.value
    if (photo === undefined) return
    photo.editor.cancel()
    const edited = photo.saver.mask.edited || photo.editor.history.position > 0
    photo.saver.decide(decision)
    queue.change(photo.image, { state: stateAfter(decision, edited), edited })
    if (decision !== 'clear') step(1)
  }

  function step(by: 1 | -1): void {
    const item = queue.items.value[queue.index.value + by]
    if (item !== undefined) show(item.image)
    else if (by === 1) notices.say({ kind: 'info', text: reviewTexts.end })
  }

  function stepUnreviewed(by: 1 | -1): void {
    const { items, index } = queue
    const ahead =
      by === 1 ? items.value.slice(index.value + 1) : items.value.slice(0, Math.max(0, index.value)).reverse()
    const item = ahead.find(({ state }) => state === 'unreviewed')
    if (item !== undefined) show(item.image)
    else notices.say({ kind: 'info', text: reviewTexts.end })
  }

  /** The newest decision, or all of a rule; the photo that it was about is shown again. */
  async function takeBack(): Promise<void> {
    if (desk.current.value?.editor.key('Backspace') === true) return
    await notices.attempt(async () => {
      await desk.kept.settled()
      const decided = await api.review.undo.mutate({ project: project.value })
      if (decided.length === 0) return notices.say({ kind: 'info', text: reviewTexts.nothingToTakeBack })
      for (const { image, mask } of decided) {
        queue.change(image, { state: mask.state, edited: mask.edited })
        desk.follow(image, mask)
      }
      notices.say({ kind: 'info', text: reviewTexts.tookBack(decided.length) })
      if (decided.length === 1) show(decided[0]!.image)
    })
  }

  return { confirm, decide, step, stepUnreviewed, takeBack }
}

/** What a decision makes of a mask: the server says the same a moment later. */
function stateAfter(decision: ReviewDecision, edited: boolean): ReviewState {
  switch (decision) {
    case 'accept':
      return edited ? 'edited' : 'accepted'
    case 'reject':
      return 'rejected'
    case 'unsure':
      return 'unsure'
    case 'clear':
      return 'unreviewed'
  }
}
