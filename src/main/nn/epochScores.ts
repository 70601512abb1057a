import { type PrecisionSink, reportPrecision } from './reportPrecision'

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

  /** Records the epoch's mAP and starts the next. */
  report(of: string, sink: PrecisionSink, epoch: number): void {
    reportPrecision(of, Float32Array.from(this.#logits), Uint8Array.from(this.#targets), sink, epoch)
    this.#logits = []
    this.#targets = []
  }
}
