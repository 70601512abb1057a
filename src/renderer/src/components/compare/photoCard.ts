/** CSS px in which a picture of a card is fitted. */
export const pictureBox = { width: 132, height: 100 } as const

/** CSS px of a card with the truth, a mask of each evaluation and their difference. */
export function cardWidth(evaluations: number): number {
  return (evaluations + 2) * (pictureBox.width + 4) + 10
}
