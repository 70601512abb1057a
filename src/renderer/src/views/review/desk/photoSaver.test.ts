import { expect, test } from 'vitest'
import type { ReviewMask } from '../../../../../shared/contract/review'
import { toErrorData, WorkbenchError, type ErrorCode } from '../../../../../shared/errors'
import type { StandingMask } from '../../../api/reviewBytes'
import { PhotoSaver } from './photoSaver'

const mask: ReviewMask = { blob: null, version: 0, state: 'unreviewed', edited: false, origin: null, originKnown: true }
const journal: StandingMask['journal'] = { revision: 0, position: 0, saved: 0, last: 0, first: 1, bytes: 0 }

/** A photo whose decisions are refused with this code, once for each time, and what was asked and told. */
function refusing(code: ErrorCode, times = 1) {
  const asked: string[] = []
  const refused: string[] = []
  let left = times
  const saver: PhotoSaver = new PhotoSaver({
    ...{ mask, journal, errorOf: toErrorData, waits: [1], report: () => undefined, labels: () => new Uint8Array(4) },
    decisionRefused: (stands, { message }) => refused.push(`${stands.state}: ${message}`),
    keeper: {
      append: (delta, { revision }) => {
        asked.push(`stroke ${delta[0]}`)
        return Promise.resolve({ mask, journal: { ...journal, revision: revision + 1 } })
      },
      moveTo: () => Promise.resolve({ mask, journal }),
      save: () => Promise.resolve({ mask, journal }),
      decide: decision => {
        asked.push(decision)
        if (left-- > 0) throw new WorkbenchError(code, 'there is nothing to accept')
        return Promise.resolve({ ...mask, state: 'accepted' })
      },
    },
    pause: 1e6,
  })
  return { saver, asked, refused }
}

test('a decision that is refused is told with how the photo stands, and strokes after it are kept', async () => {
  const { saver, asked, refused } = refusing('BAD_INPUT')
  saver.decide('accept')
  saver.stroke(Uint8Array.of(7))
  await saver.settled()
  expect(asked).toEqual(['accept', 'stroke 7'])
  expect(refused).toEqual(['unreviewed: there is nothing to accept'])
  expect([saver.isBusy, saver.state.kind]).toEqual([false, 'saved'])
  saver.drop()
})

test('a decision that only failed is sent again and nobody is troubled', async () => {
  const { saver, asked, refused } = refusing('DISK_FULL', 2)
  saver.decide('accept')
  await saver.settled()
  expect(asked).toEqual(['accept', 'accept', 'accept'])
  expect(refused).toEqual([])
  expect(saver.mask.state).toBe('accepted')
})

test('a stroke leaves in the moment in which it is finished, and “saved” is said when the last one is stored', async () => {
  const asked: number[] = []
  const answers: (() => void)[] = []
  const stored = (revision: number) => ({ mask, journal: { ...journal, revision, position: revision, last: revision } })
  const never = () => Promise.reject(new Error('nothing else is sent'))
  const told: string[] = []
  const saver = new PhotoSaver({
    ...{ mask, journal, errorOf: toErrorData, labels: () => new Uint8Array(4), pause: 1e6 },
    ...{ report: ({ kind }) => told.push(kind), decisionRefused: never },
    keeper: {
      append: (delta, { revision }) => {
        asked.push(delta[0]!)
        return new Promise(resolve => answers.push(() => resolve(stored(revision + 1))))
      },
      ...{ moveTo: never, save: never, decide: never },
    },
  })
  saver.stroke(Uint8Array.of(7))
  expect(asked).toEqual([7])
  saver.stroke(Uint8Array.of(8))
  expect([asked, told]).toEqual([[7], ['saving']])
  answers[0]!()
  await expect.poll(() => asked).toEqual([7, 8])
  expect(told).toEqual(['saving'])
  answers[1]!()
  await saver.settled()
  expect([told, saver.journal.revision]).toEqual([['saving', 'saved'], 2])
  saver.drop()
})
