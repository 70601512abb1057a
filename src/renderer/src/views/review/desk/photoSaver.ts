import type { ReviewDecision, ReviewMask } from '../../../../../shared/contract/review'
import type { StrokeJournal } from '../../../../../shared/contract/strokeJournal'
import type { ErrorData } from '../../../../../shared/errors'
import type { SeenMask, StandingMask } from '../../../api/reviewBytes'
import { isFinal, Outbox, type OutboxSetup, type OutboxState } from './outbox'

/** The requests that keep one photo's mask: each answers what stands after it. */
export interface PhotoKeeper {
  readonly append: (delta: Uint8Array, seen: SeenMask) => Promise<StandingMask>
  readonly moveTo: (position: number, seen: SeenMask) => Promise<StandingMask>
  /** @param restart the labels are not what the strokes lead to */
  readonly save: (
    labels: Uint8Array,
    seen: SeenMask,
    more: { readonly decision?: ReviewDecision | undefined; readonly restart?: boolean },
  ) => Promise<StandingMask>
  readonly decide: (decision: ReviewDecision) => Promise<ReviewMask>
}

export interface PhotoSaverSetup extends Pick<OutboxSetup, 'errorOf' | 'waits'> {
  readonly keeper: PhotoKeeper
  readonly mask: ReviewMask
  readonly journal: StrokeJournal
  /** The labels as they are now; they are copied when they are to be sent. */
  readonly labels: () => Uint8Array
  readonly report: (state: OutboxState, mask: ReviewMask) => void
  /** A decision was not taken; what comes after it is sent all the same. @param mask how the photo stands */
  readonly decisionRefused: (mask: ReviewMask, error: ErrorData) => void
  /** From the last change to saving the whole map, ms. */
  readonly pause?: number
}

const usualPause = 1_500

/**
 * Keeps what is drawn on one photo: every stroke goes to the journal at once and in order, the whole map follows after a
 * pause and when the photo is left. Nothing is sent before what came before it is stored.
 */
export class PhotoSaver {
  readonly #setup: PhotoSaverSetup
  readonly #outbox: Outbox
  #mask: ReviewMask
  #journal: StrokeJournal
  /** Whether strokes are in the journal, or on their way, that no saved map holds. */
  #isDirty: boolean
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(setup: PhotoSaverSetup) {
    this.#setup = setup
    this.#mask = setup.mask
    this.#journal = setup.journal
    this.#isDirty = setup.journal.position !== setup.journal.saved
    this.#outbox = new Outbox({ ...setup, report: state => setup.report(state, this.#mask) })
  }

  get mask(): ReviewMask {
    return this.#mask
  }

  get journal(): StrokeJournal {
    return this.#journal
  }

  get state(): OutboxState {
    return this.#outbox.state
  }

  /** Whether something is not on the disk yet. */
  get isBusy(): boolean {
    return !this.#outbox.isEmpty
  }

  /** A stroke was finished. */
  stroke(delta: Uint8Array): void {
    this.#send(seen => this.#setup.keeper.append(delta, seen))
    this.#changed()
  }

  /** History moved. @param position the place of the last stroke that stands; 0: none */
  moved(position: number): void {
    this.#send(seen => this.#setup.keeper.moveTo(position, seen))
    this.#changed()
  }

  /** Saves the whole map now, where something was drawn since; with all that was sent before. */
  async flush(): Promise<void> {
    this.#save()
    await this.#outbox.settled()
  }

  /** Stores what the person said of the mask, with the map itself where something was drawn since. */
  decide(decision: ReviewDecision): void {
    if (this.#isDirty) return this.#save(decision)
    this.#outbox.add(async () => {
      try {
        this.#mask = await this.#setup.keeper.decide(decision)
      } catch (cause) {
        const error = this.#setup.errorOf(cause)
        if (!isFinal(error)) throw cause
        this.#setup.decisionRefused(this.#mask, error)
      }
    })
  }

  settled(): Promise<void> {
    return this.#outbox.settled()
  }

  /** The server says how the mask stands, as after a decision was taken back. */
  follow(mask: ReviewMask): void {
    this.#mask = mask
    this.#setup.report(this.state, mask)
  }

  retry(): void {
    this.#outbox.retry()
  }

  /** Forgets what was not sent. */
  drop(): void {
    clearTimeout(this.#timer)
    this.#isDirty = false
    this.#outbox.drop()
  }

  /** After a conflict: what is drawn here becomes the newest version, over what stands. */
  overrule({ mask, journal }: StandingMask): void {
    this.drop()
    this.#mask = mask
    this.#journal = journal
    const labels = this.#setup.labels().slice()
    this.#send(seen => this.#setup.keeper.save(labels, seen, { restart: true }))
  }

  #changed(): void {
    this.#isDirty = true
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#save(), this.#setup.pause ?? usualPause)
  }

  #save(decision?: ReviewDecision): void {
    clearTimeout(this.#timer)
    if (!this.#isDirty) return
    this.#isDirty = false
    const labels = this.#setup.labels().slice()
    this.#send(seen => this.#setup.keeper.save(labels, seen, { decision }))
  }

  #send(change: (seen: SeenMask) => Promise<StandingMask>): void {
    this.#outbox.add(async () => {
      const { mask, journal } = await change({ version: this.#mask.version, revision: this.#journal.revision })
      this.#mask = mask
      this.#journal = journal
    })
  }
}
