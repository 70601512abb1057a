import { expect, test } from 'vitest'
import { correctionCurve } from './correctionPoints'

const made = {
  ...{ id: 1, run: 7, step: 'masks', images: 40, editedMasks: 0, meanIou: 0.5, createdAt: 100 },
  ...{ photosHash: 'photos', truthHash: 'truth' },
}
const corrected = { ...made, masks: 'corrected' } as const

test('the masks as they were made come first, then what they are worth with more and more corrections', () => {
  const later = { ...corrected, id: 4, editedMasks: 0.5, meanIou: 0.75, createdAt: 300 }
  const sooner = { ...corrected, id: 3, editedMasks: 0.1, meanIou: 0.6, createdAt: 200 }
  expect(correctionCurve([later, sooner, made], made)).toEqual({
    points: [
      { id: 1, corrected: 0, meanIou: 0.5, createdAt: 100 },
      { id: 3, corrected: 4, meanIou: 0.6, createdAt: 200 },
      { id: 4, corrected: 20, meanIou: 0.75, createdAt: 300 },
    ],
    unlike: 0,
  })
})

test('other steps, other photos, another truth and a truth of corrections are no points of it', () => {
  const others = [
    { ...corrected, id: 2, run: 8 },
    { ...corrected, id: 3, step: 'other' },
    { ...corrected, id: 4, photosHash: 'some photos' },
    { ...corrected, id: 5, truthHash: 'other truth' },
    { ...corrected, id: 6, truth: { kind: 'both', corrected: 3 } as const },
    { ...corrected, id: 7, meanIou: null },
  ]
  const { points, unlike } = correctionCurve([made, ...others], made)
  expect(points.map(({ id }) => id)).toEqual([1])
  expect(unlike).toBe(2)
})
