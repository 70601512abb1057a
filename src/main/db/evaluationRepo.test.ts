import { afterEach, beforeEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import type { Evaluation, PhotoChoice, PhotoOrder } from '../../shared/contract/evaluation'
import type { ConfusionCell } from '../../shared/metrics/confusion'
import { addConfusion } from '../../shared/metrics/confusion'
import { defaultScoreRules } from '../../shared/metrics/scoreRules'
import { scoresFromConfusion } from '../../shared/metrics/scores'
import { byRules } from './evaluationRepo'
import type { Project } from './open'

let project: Project
let run: number

beforeEach(() => {
  project = tinyProject()
  const steps = [{ name: 'masks', method: 'threshold', options: {} }]
  run = project.runs.create({ name: 'first', recipe: { steps }, seed: 1, split: 'all', datasetHash: 'h', steps }).id
})
afterEach(() => project.close())

/** Four photos of 16 pixels: `[truth, predicted, pixels]` each. */
type Cells = readonly (readonly [number, number, number])[]
const good: readonly Cells[] = [
  [
    [0, 0, 8],
    [1, 1, 8],
  ],
  [
    [0, 0, 8],
    [2, 2, 8],
  ],
  [[1, 1, 16]],
  [[0, 0, 16]],
]
const poor: readonly Cells[] = [
  [
    [0, 0, 8],
    [1, 1, 2],
    [1, 2, 6],
  ],
  [
    [0, 1, 1],
    [0, 0, 7],
    [2, 2, 8],
  ],
  [
    [1, 1, 9],
    [1, 0, 7],
  ],
  [[0, 0, 16]],
]

function evaluationOf(photos: readonly Cells[], step = 'masks'): Evaluation {
  const total = new Float64Array(9)
  for (const [truth, predicted, pixels] of photos.flat()) {
    const part = new Float64Array(9)
    part[truth * 3 + predicted] = pixels
    addConfusion(total, part)
  }
  const hashes = { photosHash: 'p', datasetHash: 'd', truthHash: 't', mapsHash: 'm', voidRule: 'left out' }
  return {
    ...{ run, runName: 'first', step, seed: 1, split: 'all', subset: null, images: 4, editedMasks: 0, ...hashes },
    ...{ rules: defaultScoreRules, withoutMask: [], withoutTruth: 0, methods: {}, settings: {}, summary: {} },
    classes: ['background', 'cat', 'dog'],
    scores: scoresFromConfusion(total),
    photos: { labelled: [4, 2, 2], withTruth: [3, 2, 1] },
    boundary: { intersection: [1, 2, 0], union: [2, 2, 0] },
    confusion: [...total],
  }
}

function store(identity: string, photos: readonly Cells[]): number {
  const cellsOf = (cells: Cells): ConfusionCell[] =>
    cells.map(([truth, predicted, pixels]) => ({ truth, predicted, pixels }))
  return project.evaluations.store(
    identity,
    evaluationOf(photos, identity),
    photos.map((cells, i) => ({
      imageId: i + 1,
      map: `${identity}-${i}.png`,
      truth: `t${i}.png`,
      cells: cellsOf(cells),
    })),
  )
}

test('an evaluation comes back as it was stored, its scores made of its counts', () => {
  const made = evaluationOf(poor, 'a')
  const id = store('a', poor)
  const { createdAt, ...stored } = project.evaluations.get(id)
  expect(stored).toEqual({ id, ...made })
  expect(createdAt).toBeGreaterThan(1e12)
  expect(byRules({ createdAt, ...stored }, { averaging: 'defined', rates: 'seam' })).toMatchObject({
    rules: { rates: 'seam' },
    scores: { perClass: [{}, { falsePositive: 1 / 11 }, {}] },
  })
})

test('the same maps measured again keep their id and have each photo once', () => {
  const [first, second] = [store('a', poor), store('b', good)]
  expect(store('a', poor)).toBe(first)
  expect(project.evaluations.page({ limit: 9 }).map(({ id, step }) => `${id} ${step}`)).toEqual([
    `${second} b`,
    `${first} a`,
  ])
  expect(photos('all', 'name', [first]).total).toBe(4)
})

test('evaluations are listed by page and run, and known by step', () => {
  const ids = ['a', 'b', 'c'].map(identity => store(identity, good))
  expect(project.evaluations.page({ limit: 2 }).map(({ id }) => id)).toEqual([ids[2], ids[1]])
  expect(project.evaluations.page({ limit: 2, before: ids[1]! }).map(({ id }) => id)).toEqual([ids[0]])
  expect(project.evaluations.page({ limit: 2, run: run + 1 })).toEqual([])
  expect(project.evaluations.count()).toBe(3)
  expect([...project.evaluations.measuredSteps()].sort()).toEqual([`${run}/a`, `${run}/b`, `${run}/c`])
  expect([...project.evaluations.measuredSteps({ split: 'val' })]).toEqual([])
})

test('a step whose own masks were not measured against ground truth has yet to be', () => {
  const made = evaluationOf([])
  const corrections = { kind: 'corrections', corrected: 1 } as const
  project.evaluations.store('a', { ...made, step: 'a', masks: 'corrected' }, [])
  project.evaluations.store('b', { ...made, step: 'b', truth: corrections }, [])
  project.evaluations.store('c', { ...made, step: 'c' }, [])
  expect([...project.evaluations.measuredSteps()]).toEqual([`${run}/c`])
})

test('one that was removed is gone with its photos, and one that never was is named', () => {
  const id = store('a', poor)
  project.evaluations.remove(id)
  expect(() => project.evaluations.get(id)).toThrow(`There is no evaluation ${id}`)
  expect(() => project.evaluations.remove(id)).toThrow('it was removed, or never made')
  expect(photos('all', 'name', [id]).total).toBe(0)
})

function photos(choice: PhotoChoice | 'all', order: PhotoOrder, evaluations: readonly number[], by = evaluations[0]!) {
  const asked = choice === 'all' ? ({ kind: 'all' } as const) : choice
  return project.evaluations.photos({ evaluations, by, choice: asked, order, offset: 0, limit: 10 })
}

function shown(...asked: Parameters<typeof photos>): string[] {
  return photos(...asked).rows.map(({ stem, figures }) => {
    return [stem, ...figures.map(one => (one === null ? '-' : `${one.wrong}/${one.whole}`))].join(' ')
  })
}

test('photos of a class come worst first: wrong pixels of truth and mask together', () => {
  const id = store('a', poor)
  const cat = { kind: 'label', label: 1 } as const
  expect(shown(cat, 'pixels', [id])).toEqual(['photo-2 7/16', 'photo-0 6/8', 'photo-1 1/1'])
  expect(shown(cat, 'share', [id])).toEqual(['photo-1 1/1', 'photo-0 6/8', 'photo-2 7/16'])
  expect(photos(cat, 'pixels', [id]).rows[0]).toMatchObject({
    image: 3,
    width: 4,
    height: 4,
    truth: 't2.png',
    figures: [{ evaluation: id, map: 'a-2.png' }],
  })
})

test('photos of a cell are those where the one is taken for the other', () => {
  const id = store('a', poor)
  expect(shown({ kind: 'cell', truth: 1, predicted: 2 }, 'pixels', [id])).toEqual(['photo-0 6/8'])
  expect(shown({ kind: 'cell', truth: 1, predicted: 0 }, 'pixels', [id])).toEqual(['photo-2 7/16'])
  expect(shown({ kind: 'cell', truth: 2, predicted: 1 }, 'pixels', [id])).toEqual([])
})

test('two evaluations stand side by side, in the order of what became worse or better', () => {
  const [first, second] = [store('good', good), store('poor', poor)]
  expect(shown('all', 'worse', [first, second], second)).toEqual([
    'photo-2 0/16 7/16',
    'photo-0 0/16 6/16',
    'photo-1 0/16 1/16',
    'photo-3 0/16 0/16',
  ])
  expect(shown('all', 'better', [first, second], second)[0]).toBe('photo-3 0/16 0/16')
  const third = store('part', good.slice(0, 1))
  expect(shown({ kind: 'label', label: 1 }, 'name', [first, third])).toEqual(['photo-0 0/8 0/8', 'photo-2 0/16 -'])
})

test('photos come in the order of how much two masks differ, those of which it is not known last', () => {
  const [first, second] = [store('good', good), store('poor', poor)]
  expect(project.evaluations.maps(second)).toEqual([1, 2, 3, 4].map(image => [image, `poor-${image - 1}.png`]))
  const differing = new Map([[1, 3], [3, 1], [4, 9]]) // prettier-ignore
  const choice = { kind: 'all' } as const
  const asked = {
    evaluations: [first, second],
    by: second,
    choice,
    order: 'differ',
    differing,
    offset: 0,
    limit: 3,
  } as const
  expect(project.evaluations.photos(asked).rows.map(({ stem }) => stem)).toEqual(['photo-3', 'photo-0', 'photo-2'])
  expect(project.evaluations.photos({ ...asked, offset: 3 }).rows.map(({ stem }) => stem)).toEqual(['photo-1'])
})

test('pages follow each other', () => {
  const id = store('a', poor)
  const page = (offset: number) =>
    project.evaluations.photos({
      evaluations: [id],
      by: id,
      choice: { kind: 'all' },
      order: 'pixels',
      offset,
      limit: 3,
    })
  expect([page(0), page(3)].map(({ total, rows }) => [total, ...rows.map(({ stem }) => stem)])).toEqual([
    [4, 'photo-2', 'photo-0', 'photo-1'],
    [4, 'photo-3'],
  ])
})
