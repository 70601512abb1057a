import { isBackground, isVoid, type LabelMapLine } from './labelMap'

/**
 * Class names by mask value, from value 1. The line of the background is value 0; labelme's `__ignore__` before it is no
 * value. Without such a line the first name is value 1.
 */
export function maskNames(lines: readonly LabelMapLine[]): readonly string[] {
  const [first, ...rest] = lines.filter(line => !isVoid(line))
  if (first === undefined) return []
  return (isBackground(first) ? rest : [first, ...rest]).map(({ name }) => name)
}
