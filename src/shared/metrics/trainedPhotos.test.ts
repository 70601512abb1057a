import { expect, test } from 'vitest'
import { trainedPhotosNotes } from './trainedPhotos'

test('a network’s figures say what it was trained on and what it reaches on other photos', () => {
  expect(trainedPhotosNotes({ photos: 350, trainedOnTruth: 0, heldOutMeasured: 87, heldOutMeanIou: 0.61234 })).toEqual([
    'trained on 350 of the photos',
    'on the 87 photos held out of its training: mIoU 61.23 %',
  ])
  expect(trainedPhotosNotes({ photos: 8, trainedOnTruth: 3 })).toEqual([
    'trained on 8 of the photos, the ground truth of 3 of them, which flatters it',
  ])
  expect(trainedPhotosNotes({ photos: 8, trainedOnTruth: 0, trainedOnCorrections: 2 })).toEqual([
    "trained on 8 of the photos, a person's masks of 2 of them",
  ])
})

test('other steps say nothing of the kind', () => {
  expect(trainedPhotosNotes({ photos: 437, threshold: 0.3 })).toEqual([])
})
