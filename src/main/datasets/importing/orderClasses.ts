import { areVocClasses, vocClasses } from '../voc/vocClasses'

/**
 * The classes that labels name, each once, in the order people know: that of the masks' own list when it has them all
 * (all of it, for a class without photos keeps its value), VOC's for VOC's classes, else the alphabet's.
 */
export function orderClasses(named: readonly string[], maskNames?: readonly string[]): readonly string[] {
  const names = [...new Set(named)]
  if (maskNames && maskNames !== vocClasses && names.every(name => maskNames.includes(name))) return maskNames
  if (areVocClasses(names)) return vocClasses.filter(name => names.includes(name))
  return names.length === 0 && maskNames ? maskNames : names.sort((a, b) => (a < b ? -1 : 1))
}
