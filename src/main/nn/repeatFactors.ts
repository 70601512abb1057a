/**
 * How often photos are drawn beside each other, so that rare classes are seen more often: the largest √(share / f_c) of a
 * photo's classes, at least 1, where a share f_c of the photos shows class c (repeat factor sampling: Gupta, Dollár and
 * Girshick, LVIS, arXiv:1908.03195, appendix B).
 *
 * @param classes of each photo
 * @param share   of the photos, 0 … 1: classes that more of them show are not drawn more often; 0: none is
 * @returns one factor a photo, ≥ 1
 */
export function repeatFactors(classes: readonly (readonly number[])[], share: number): Float64Array {
  const counts = new Map<number, number>()
  for (const photo of classes) for (const each of photo) counts.set(each, (counts.get(each) ?? 0) + 1)
  const factorOf = (each: number) => Math.sqrt((share * classes.length) / counts.get(each)!)
  return Float64Array.from(classes, photo => Math.max(1, ...photo.map(factorOf)))
}
