/** How many of so many photos a share of them is, rounded; one at least is left to train on. */
export function heldOutCount(photos: number, share: number): number {
  return Math.min(Math.round(photos * share), Math.max(0, photos - 1))
}
