import { expect, test } from 'vitest'
import type { ReviewMask } from '../../../../shared/contract/review'
import { toErrorData, WorkbenchError, type ErrorCode } from '../../../../shared/errors'
import type { StandingMask } from '../../api/reviewBytes'
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
