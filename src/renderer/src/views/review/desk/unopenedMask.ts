import type { MaskVersion, ReviewPhoto } from '../../../../../shared/contract/review'
import { toErrorData, WorkbenchError, type ErrorCode } from '../../../../../shared/errors'
import { reviewTexts } from '../../../texts/review'

/** A mask that was not opened, with all that is known of it: a person can choose what it shall be instead. */
export class UnopenedMask extends WorkbenchError {
  constructor(
    code: ErrorCode,
    message: string,
    readonly facts: ReviewPhoto,
    /** What of it cannot be read. */
    readonly damaged: 'mask' | 'strokes',
    cause: unknown,
  ) {
    super(code, message, { cause })
  }
}

/** Of a stroke that is damaged or was drawn on another map. @param cause names it */
export function unopenedStrokes(facts: ReviewPhoto, cause: unknown): UnopenedMask {
  const { code, message } = toErrorData(cause)
  return new UnopenedMask(code, reviewTexts.damagedStrokes(message), facts, 'strokes', cause)
}

/** A label map that can take the damaged one's place. */
export interface Replacement extends Pick<MaskVersion, 'version' | 'blob'> {
  /** Milliseconds since 1970 UTC; null: what the run had made. */
  readonly createdAt: number | null
}

/**
 * The photo's versions, the newest first, and what the run had made as version 0. Where the label map is damaged, every
 * version that is the same file is damaged with it; where strokes are, the saved map itself is one to go back to.
 */
export function replacementsOf({ facts: { mask, versions }, damaged }: UnopenedMask): readonly Replacement[] {
  const origin = mask.origin === null ? [] : [{ version: 0, blob: mask.origin.blob, createdAt: null }]
  return [...versions, ...origin]
    .filter(({ blob }) => damaged === 'strokes' || blob !== mask.blob)
    .map(({ version, blob, createdAt }) => ({ version, blob, createdAt }))
}
