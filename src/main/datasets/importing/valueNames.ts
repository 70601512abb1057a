import { WorkbenchError } from '../../../shared/errors'

/** Label maps have 8 bits: 0 is the background, 255 void, and 254 is kept free. */
const MOST_VALUES = 253

/**
 * Which class each value of a drawn mask is, from value 1: all that the source names, or, where they do not fit a mask,
 * those that were chosen. @throws UNSUPPORTED where neither fits
 */
export function valueNames(
  named: readonly string[],
  chosen: readonly string[] | undefined,
  path: string,
): readonly string[] {
  const names = [...new Set(named)]
  if (names.length <= MOST_VALUES) return names
  if (chosen !== undefined && chosen.length <= MOST_VALUES) return chosen
  throw new WorkbenchError(
    'UNSUPPORTED',
    `${path} names ${names.length} classes, and a mask holds ${MOST_VALUES}: choose the ones that matter with --classes.`,
  )
}
