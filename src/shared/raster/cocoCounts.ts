import { WorkbenchError } from '../errors'

const BITS = 5
const MORE = 0x20
const SIGN = 0x10
const FIRST_CHARACTER = 48
/** Seven characters hold 35 bits: more than any run of a mask. */
const LONGEST_NUMBER = 7

/**
 * Run lengths as COCO's compressed string: five bits a character, lowest first, from the fourth number on as the
 * difference to the number two before (pycocotools common/maskApi.c@8c9bcc3 `rleToString`). Runs of zeros and ones in
 * turn, zeros first.
 */
export function encodeCocoCounts(counts: readonly number[]): string {
  let text = ''
  for (let i = 0; i < counts.length; i++) {
    let rest = i > 2 ? counts[i]! - counts[i - 2]! : counts[i]!
    for (let more = true; more;) {
      const bits = rest & (MORE - 1)
      rest >>= BITS
      more = (bits & SIGN) !== 0 ? rest !== -1 : rest !== 0
      text += String.fromCharCode((more ? bits | MORE : bits) + FIRST_CHARACTER)
    }
  }
  return text
}

/** The opposite (`rleFrString`). @throws BAD_INPUT for a string that no encoder writes */
export function decodeCocoCounts(text: string): number[] {
  const counts: number[] = []
  for (let at = 0; at < text.length;) {
    let value = 0
    let length = 0
    for (let more = true; more; length++) {
      const bits = text.charCodeAt(at++) - FIRST_CHARACTER
      if (!(bits >= 0 && bits < 2 * MORE) || length === LONGEST_NUMBER)
        throw new WorkbenchError('BAD_INPUT', `the run lengths break off or are damaged at character ${at}`)
      more = (bits & MORE) !== 0
      value += (bits & (MORE - 1)) * 2 ** (BITS * length)
      if (!more && (bits & SIGN) !== 0) value -= 2 ** (BITS * (length + 1))
    }
    const count = counts.length > 2 ? value + counts[counts.length - 2]! : value
    if (count < 0) throw new WorkbenchError('BAD_INPUT', `the run length before character ${at} is ${count}`)
    counts.push(count)
  }
  return counts
}
