import { type PrecisionSink, reportPrecision } from './reportPrecision'

/** Who takes an epoch's figures, and hears of an epoch that has none. */
export interface EpochSink extends PrecisionSink {
  readonly log: (line: string) => void
}

/** Gathers the logits of an epoch as they are made, so that its mAP costs no further pass. */
export class EpochScores {
  #logits: number[] = []
  #targets: number[] = []

  constructor(readonly classes: number) {}

  /** @param logits `[n, classes]` @param targets `[n, classes]` */
  add(logits: Float32Array, targets: Uint8Array): void {
    this.#logits.push(...logits)
    this.#targets.push(...targets)
  }

  /**
   * Records the epoch's mAP and starts the next.
   * @param isWhole false where a training was resumed within the epoch: what is left of it is no figure of the epoch
   */
  report(of: string, sink: EpochSink, epoch: number, isWhole = true): void {
    if (isWhole) reportPrecision(of, Float32Array.from(this.#logits), Uint8Array.from(this.#targets), sink, epoch)
    else sink.log(`no ${of} of epoch ${epoch}: it was interrupted, and what its first part gave is gone`)
    this.#logits = []
    this.#targets = []
  }
}
