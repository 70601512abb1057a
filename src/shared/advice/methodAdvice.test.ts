import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { adviseMethods, type AdviceFacts, measuredGains } from './methodAdvice'

const facts = (photos: number, counts: Readonly<Record<string, number>>): AdviceFacts => ({
  photos,
  classes: Object.entries(counts).map(([name, count]) => ({ name, photos: count })),
})
const animals = facts(437, { cat: 131, dog: 121, person: 79, horse: 68, sheep: 63, cow: 62 })
const tail = facts(240, { cat: 120, dog: 80, person: 45, horse: 25, sheep: 12, cow: 6 })
const large = facts(10_582, { person: 4155, chair: 1228, cow: 267 })

const expectationOf = (of: AdviceFacts, method: string) =>
  adviseMethods(of).find(advice => advice.method === method)!.expectation

test('the first advice on a small set of photos is LPCAM, and SFC’s losses are not expected to help', () => {
  expect(adviseMethods(animals)[0]).toMatchObject({ method: 'lpcam', expectation: 'recommended' })
  expect(expectationOf(animals, 'sfc')).toBe('not expected to help')
  expect(expectationOf(large, 'sfc')).toBe('worth trying')
})

test('the image bank is for long tails, and says which class is rare', () => {
  expect(expectationOf(animals, 'image-bank')).toBe('not expected to help')
  expect(expectationOf(tail, 'image-bank')).toBe('worth trying')
  const { why } = adviseMethods(tail).find(({ method }) => method === 'image-bank')!
  expect(why).toContain('“cow” is in 6 photos, 20 times fewer')
})

test('classes without photos count for nothing, one class has nothing to share, no label gives no advice', () => {
  const withEmpty = facts(437, { ...Object.fromEntries(animals.classes.map(c => [c.name, c.photos])), bird: 0 })
  expect(adviseMethods(withEmpty)).toEqual(adviseMethods(animals))
  expect(expectationOf(facts(50, { leaf: 50 }), 'sfc')).toBe('not expected to help')
  expect(expectationOf(facts(50, { leaf: 50 }), 'image-bank')).toBe('not expected to help')
  expect(adviseMethods(facts(50, { leaf: 0 }))).toEqual([])
})

test('a class in very few photos is named where it matters', () => {
  const { why } = adviseMethods(facts(100, { cat: 98, lynx: 2 }))[0]!
  expect(why).toContain('“lynx” is in 2 photos')
})

test('the gains told are the means of what was measured', () => {
  const rows = JSON.parse(readFileSync('docs/measurements/sfc.json', 'utf8')) as readonly MeasuredRow[]
  const mean = (set: string, row: string) => {
    const found = rows.filter(each => each.set === set && each.row === row).map(({ miou }) => 100 * miou)
    return found.reduce((sum, miou) => sum + miou, 0) / found.length
  }
  for (const [method, row] of [
    ['lpcam', 'plain · LPCAM'],
    ['difference', 'plain · difference'],
  ] as const)
    expect(measuredGains[method]).toEqual({
      all: expect.closeTo(mean('all', row) - mean('all', 'plain · CAM'), 1) as number,
      cut: expect.closeTo(mean('tail', row) - mean('tail', 'plain · CAM'), 1) as number,
    })
})

interface MeasuredRow {
  readonly set: string
  readonly row: string
  readonly miou: number
}
