import type { LabelHistoryState, LabelStep } from '../../shared/contract/datasetStats'
import type { LabelState } from '../../shared/contract/states'
import { WorkbenchError } from '../../shared/errors'
import type { LabelChange, LabelRepo } from '../db/labelRepo'

/** Steps that can be taken back. */
const mostSteps = 200
/** Photos in all of them together: 4 bytes each and a little more. */
const mostPhotos = 2_000_000

interface Step {
  readonly about: LabelStep
  readonly change: LabelChange
}

/**
 * Edits of labels that can be taken back, as differences. The labels are stored at once; what can be undone is remembered
 * while the project is open, for all tabs together: they look at the same labels.
 */
export class LabelHistory {
  readonly #labels: LabelRepo
  #done: Step[] = []
  #undone: Step[] = []

  constructor(labels: LabelRepo) {
    this.#labels = labels
  }

  get state(): LabelHistoryState {
    return { undo: this.#done.at(-1)?.about ?? null, redo: this.#undone.at(-1)?.about ?? null }
  }

  /** Sets one label of many photos. @returns in how many photos something is different now */
  set(imageIds: readonly number[], label: { classId: number; place: number }, state: LabelState | null): number {
    const change = this.#labels.planChange(imageIds, label.classId, state)
    const photos = photosOf(change)
    if (photos === 0) return 0
    this.#labels.applyChange(change, 'forth')
    this.#done.push({ about: { place: label.place, state, photos }, change })
    this.#undone = []
    this.#forget()
    return photos
  }

  /** Takes the newest edit back. @returns what it was */
  undo(): LabelStep {
    const step = this.#done.at(-1)
    if (step === undefined) throw new WorkbenchError('NOT_FOUND', 'There is no edit of labels left to take back.')
    this.#labels.applyChange(step.change, 'back') // where that fails, as on a full disk, the step can be taken back still
    this.#done.pop()
    this.#undone.push(step)
    return step.about
  }

  /** Makes the edit again that was taken back last. @returns what it was */
  redo(): LabelStep {
    const step = this.#undone.at(-1)
    if (step === undefined) throw new WorkbenchError('NOT_FOUND', 'There is no edit of labels to make again.')
    this.#labels.applyChange(step.change, 'forth')
    this.#undone.pop()
    this.#done.push(step)
    return step.about
  }

  #forget(): void {
    this.#done = this.#done.slice(-mostSteps)
    let photos = this.#done.reduce((sum, { about }) => sum + about.photos, 0)
    while (photos > mostPhotos && this.#done.length > 1) photos -= this.#done.shift()!.about.photos
  }
}

function photosOf({ groups }: LabelChange): number {
  return groups.reduce((sum, { imageIds }) => sum + imageIds.length, 0)
}
