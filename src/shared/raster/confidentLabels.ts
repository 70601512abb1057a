import { VOID } from './palette'

/**
 * What two readings of the same scores agree on (jiwoon-ahn/irn step/cam_to_ir_label.py): a class where the strict
 * reading has one, background where both have it, void elsewhere.
 *
 * @param strict   `[pixels]`, labels at the high threshold
 * @param generous `[pixels]`, labels at the low threshold
 */
export function confidentLabels(strict: Uint8Array, generous: Uint8Array): Uint8Array {
  return strict.map((label, i) => (label !== 0 || generous[i] === 0 ? label : VOID))
}
