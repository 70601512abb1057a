import { expect, test } from 'vitest'
import { flatteringChoices, readChoice, upstreamNotes } from './stepChoices'

const onTruth = { threshold: 0.43, chosenOn: 'truth', chosenOnPhotos: 160 }

test('a step’s summary says what it chose, and on how many photos', () => {
  const values = { threshold: 0.43 }
  expect(readChoice('cut', onTruth, 32)).toEqual({ step: 'cut', values, chosenOn: 'truth', photos: 160, measured: 32 })
  const sure = { photos: 9, foreground: 0.58, background: 0.38, masksThreshold: 0.43, chosenOn: 'fixed' }
  expect(readChoice('sure', sure, 32)).toEqual({
    ...{ step: 'sure', values: { foreground: 0.58, background: 0.38 }, chosenOn: 'fixed', photos: 0, measured: 0 },
  })
  expect(readChoice('learn', { photos: 9 }, 32)).toBeUndefined()
  expect(readChoice('learn', null, 32)).toBeUndefined()
})

test('an earlier version called the photos it chose on by another name', () => {
  expect(readChoice('cut', { threshold: 0.43, chosenOn: 'truth', photos: 8 }, 8)).toMatchObject({ photos: 8 })
})

test('a network is flattered by the threshold of the masks that it learned from', () => {
  const choices = [
    readChoice('sure', { foreground: 0.58, background: 0.38, chosenOn: 'truth', chosenOnPhotos: 160 }, 32)!,
    readChoice('cut', onTruth, 32)!,
  ]
  const network = { step: 'deeplab', summary: {}, choices }
  expect(flatteringChoices(network).map(({ step }) => step)).toEqual(['sure', 'cut'])
  expect(upstreamNotes(network)).toEqual([
    'made from sure, whose foreground 0.58 and background 0.38 were chosen on the ground truth of 160 photos, 32 of those measured here among them, which flatters it',
    'made from cut, whose threshold 0.43 was chosen on the ground truth of 160 photos, 32 of those measured here among them, which flatters it',
  ])
  expect(upstreamNotes({ step: 'cut', summary: onTruth, choices: choices.slice(1) })).toEqual([])
})

test('measured on photos whose truth no step has seen, it is not', () => {
  const choices = [readChoice('cut', onTruth, 0)!, readChoice('given', { threshold: 0.3, chosenOn: 'given' }, 32)!]
  expect(flatteringChoices({ step: 'deeplab', summary: {}, choices })).toEqual([])
})

test('a figure of an earlier version knows its own step alone', () => {
  expect(flatteringChoices({ step: 'cut', summary: onTruth })).toHaveLength(1)
  expect(flatteringChoices({ step: 'cut', summary: { threshold: 0.3, chosenOn: 'given' } })).toEqual([])
  expect(flatteringChoices({ step: 'deeplab', summary: {} })).toEqual([])
})
