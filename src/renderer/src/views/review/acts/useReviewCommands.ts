import type { ReviewDecision } from '../../../../../shared/contract/review'
import type { Command } from '../../../commands/command'
import { useCommands } from '../../../stores/commands'
import { reviewTexts } from '../../../texts/review'

/** What the queue can do by key. */
export interface ReviewActs {
  readonly confirm: () => void
  readonly decide: (decision: ReviewDecision) => void
  readonly takeBack: () => void
  readonly acceptAll: () => void
  readonly rebaseAll: () => void
  readonly step: (by: 1 | -1) => void
  readonly stepUnreviewed: (by: 1 | -1) => void
}

/** @param canDecide whether there is a mask that a person may decide on */
export function useReviewCommands(acts: ReviewActs, canDecide: () => boolean): void {
  useCommands(() => reviewCommands(acts, canDecide()))
}

/** Everything that can be done to the queue, with the keys that it comes with. */
export function reviewCommands(acts: ReviewActs, enabled: boolean): readonly Command[] {
  const { group, decisions } = reviewTexts
  const command = (
    id: string,
    title: string,
    keys: readonly string[],
    run: () => void,
    more: Partial<Command> = {},
  ) => ({
    ...{ id: `review.${id}`, title, group, keys, run },
    ...more,
  })
  return [
    command('accept', decisions.accept, ['Enter', 'NumpadEnter'], acts.confirm, { enabled }),
    command('reject', decisions.reject, ['KeyR'], () => acts.decide('reject'), { enabled }),
    command('unsure', decisions.unsure, ['KeyU'], () => acts.decide('unsure'), { enabled }),
    command('clear', decisions.clear, [], () => acts.decide('clear'), { enabled }),
    command('takeBack', reviewTexts.takeBack, ['Backspace'], acts.takeBack),
    command('acceptAll', reviewTexts.acceptAll.command, ['$mod+Enter'], acts.acceptAll),
    command('rebaseAll', reviewTexts.rebaseAll.command, [], acts.rebaseAll),
    command('next', reviewTexts.next, ['KeyD'], () => acts.step(1), { repeats: true }),
    command('previous', reviewTexts.previous, ['KeyA'], () => acts.step(-1), { repeats: true }),
    command('nextUnreviewed', reviewTexts.nextUnreviewed, ['Shift+KeyD'], () => acts.stepUnreviewed(1)),
    command('previousUnreviewed', reviewTexts.previousUnreviewed, ['Shift+KeyA'], () => acts.stepUnreviewed(-1)),
  ]
}
