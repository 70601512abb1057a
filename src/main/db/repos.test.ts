import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import type { ImportedPhoto } from '../../shared/contract/import'
import { openProject } from './open'
import type { Project } from './open'

let project: Project

beforeEach(() => {
  project = openProject(temporaryFolder(), { create: true })
})
afterEach(() => project.close())

function photo(stem: string, values: Partial<ImportedPhoto> = {}): ImportedPhoto {
  const file = { path: `/photos/${stem}.jpg`, width: 4, height: 3, bytes: 100, mtimeMs: 1, sha256: `hash of ${stem}` }
  return { stem, ...file, split: 'train', present: [], unknown: [], ...values }
}

const truth = { blob: `ab${'0'.repeat(62)}.png`, pixels: { '0': 8, '2': 4 } }

test('an import is counted, and run again changes nothing', () => {
  const photos = [photo('a', { present: [1], truth }), photo('b', { present: [0, 1], split: 'val' })]
  expect(project.imports.store(['cat', 'dog'], photos)).toEqual({ imported: 2, updated: 0, unchanged: 0 })
  expect(project.imports.store(['cat', 'dog'], photos)).toEqual({ imported: 0, updated: 0, unchanged: 2 })
  const [first] = photos
  const changed = [{ ...first!, present: [0] }, photo('c')]
  expect(project.imports.store(['cat', 'dog'], changed)).toEqual({ imported: 1, updated: 1, unchanged: 0 })
  expect(project.images.splits()).toEqual([
    { split: 'train', images: 2 },
    { split: 'val', images: 1 },
  ])
})

test('an import that fails half way leaves nothing', () => {
  expect(() => project.imports.store(['cat'], [photo('a'), photo('b', { present: [7] })])).toThrow(/class 7/)
  expect(project.images.count()).toBe(0)
  expect(project.classes.names()).toEqual([])
})

test('classes are fixed by the first import', () => {
  project.imports.store(['cat', 'dog'], [])
  expect(() => project.imports.store(['dog', 'cat'], [])).toThrow(/classes are cat, dog/)
})

test('a correction survives the next import and can be taken back', () => {
  project.imports.store(['cat', 'dog'], [photo('a', { present: [0] })])
  const [cat, dog] = project.classes.list()
  project.labels.correct(1, cat!.id, 'absent')
  project.labels.correct(1, dog!.id, 'present')
  expect(project.labels.presentPlaces().get(1)).toEqual([1])
  expect(project.imports.store(['cat', 'dog'], [photo('a', { present: [0] })]).unchanged).toBe(1)
  project.imports.store(['cat', 'dog'], [photo('a', { present: [0, 1] })])
  expect(project.labels.ofImage(1)).toEqual([
    { imageId: 1, classId: cat!.id, given: 'present', corrected: 'absent' },
    { imageId: 1, classId: dog!.id, given: 'present', corrected: 'present' },
  ])
  project.labels.correct(1, cat!.id, null)
  expect(project.labels.presentPlaces().get(1)).toEqual([0, 1])
})

test('photos are counted per class, and listed by page, split and class', () => {
  const present = [[0], [0, 1], [], [1], [0]]
  const photos = present.map((places, n) => photo(`photo ${n}`, { present: places, split: n < 4 ? 'train' : 'val' }))
  project.imports.store(['cat', 'dog', 'ox'], photos)
  const counts = (split?: string) => project.images.countsPerClass(split).map(row => `${row.name} ${row.images}`)
  expect(counts()).toEqual(['cat 3', 'dog 2', 'ox 0'])
  expect(counts('train')).toEqual(['cat 2', 'dog 2', 'ox 0'])
  const cat = project.classes.list()[0]!.id
  const first = project.images.page({ classId: cat, limit: 2 })
  expect(first.map(row => row.stem)).toEqual(['photo 0', 'photo 1'])
  expect(project.images.page({ classId: cat, limit: 2, after: first[1]!.id }).map(row => row.stem)).toEqual(['photo 4'])
  expect(project.images.page({ split: 'val', limit: 9 }).map(row => row.stem)).toEqual(['photo 4'])
  expect(project.images.count('train')).toBe(4)
})

test('a dataset lists photos by stem with labels as places and masks as paths', () => {
  project.imports.store(['cat', 'dog'], [photo('b', { present: [0, 1] }), photo('a', { present: [1], truth })])
  const dataset = project.dataset()
  expect(dataset).toMatchObject({ classes: ['cat', 'dog'], split: 'all' })
  expect(dataset.images.map(({ stem, labels }) => ({ stem, labels }))).toEqual([
    { stem: 'a', labels: [1] },
    { stem: 'b', labels: [0, 1] },
  ])
  expect(dataset.images[0]!.truth).toBe(`${project.blobFolder}/ab/${truth.blob}`)
  expect(dataset.images[1]).not.toHaveProperty('truth')
})

test('the dataset hash follows photos, labels and split, and not the order of import', () => {
  const photos = [photo('a', { present: [0] }), photo('b')]
  project.imports.store(['cat'], photos)
  const hash = project.dataset().hash
  expect(project.dataset('train').hash).not.toBe(hash)

  const other = openProject(temporaryFolder(), { create: true })
  other.imports.store(['cat'], photos.toReversed())
  expect(other.dataset().hash).toBe(hash)
  other.labels.correct(1, 1, 'present')
  expect(other.dataset().hash).not.toBe(hash)
  other.close()
})

test('a photo of which nothing was said is no photo of nothing, until every class is known to be absent', () => {
  const photos = [
    photo('cat', { present: [0] }),
    photo('none'),
    photo('perhaps', { unknown: [1] }),
    photo('silent', { unlabelled: true }),
  ]
  project.imports.store(['cat', 'dog'], photos)
  expect(project.imports.store(['cat', 'dog'], photos).unchanged).toBe(4)
  const unlabelled = () => project.dataset().images.flatMap(image => (image.unlabelled ? [image.stem] : []))
  expect(unlabelled()).toEqual(['perhaps', 'silent'])
  expect(project.labels.unlabelled('val')).toEqual([])
  const [cat, dog] = project.classes.list()
  const say = (id: number, classId: number, state: 'present' | 'absent' | null) =>
    project.labels.applyChange(project.labels.planChange([id], classId, state), 'forth')
  const { hash } = project.dataset()
  say(4, cat!.id, 'absent') // of the dog nobody knows yet
  say(1, cat!.id, 'absent') // the source had named all that the photo shows
  expect(unlabelled()).toEqual(['perhaps', 'silent'])
  say(4, dog!.id, 'absent')
  say(4, dog!.id, 'absent')
  say(3, dog!.id, 'present')
  expect(unlabelled()).toEqual([])
  expect(project.dataset().hash).not.toBe(hash)
  say(4, cat!.id, null)
  expect(unlabelled()).toEqual(['silent'])
  project.imports.store(['cat', 'dog'], [photo('none', { unlabelled: true }), photo('silent')])
  expect(unlabelled()).toEqual(['none'])
})

test('another mask for a photo is a new version', () => {
  project.imports.store(['cat', 'dog'], [photo('a', { truth })])
  expect(project.masks.setTruth(1, truth)).toBe(false)
  expect(project.masks.setTruth(1, { blob: 'cd.png', pixels: { '0': 12 } })).toBe(true)
  expect(project.masks.truth(1)).toMatchObject({ blob: 'cd.png', version: 2, pixels: { '0': 12 } })
  expect(project.masks.countTruth()).toBe(1)
})

test('jobs wait in line, and count attempts and finish times', () => {
  const first = project.jobs.enqueue({ kind: 'run', payload: { a: [1] } })
  const second = project.jobs.enqueue({ kind: 'run', payload: {} })
  expect(project.jobs.next()).toEqual(first)
  const started = project.jobs.start(first.id)
  expect(started).toMatchObject({ state: 'running', attempt: 1, payload: { a: [1] } })
  expect(project.jobs.next()?.id).toBe(second.id)
  project.jobs.setState(first.id, 'paused')
  project.jobs.start(first.id)
  const progress = { done: 1, total: 2, unit: 'photos', stage: 'maps', etaMs: null }
  project.jobs.setProgress(first.id, progress)
  const failed = project.jobs.setState(first.id, 'failed', { code: 'ENGINE_FAILED', message: 'No.' })
  expect(failed).toMatchObject({ attempt: 2, progress, error: { code: 'ENGINE_FAILED' }, startedAt: started.startedAt })
  expect(failed.finishedAt).not.toBeNull()
  expect(project.jobs.page({ limit: 1 }).map(job => job.id)).toEqual([second.id])
  expect(project.jobs.page({ limit: 9, before: second.id, states: ['failed'] }).map(job => job.id)).toEqual([first.id])
  expect(() => project.jobs.start(99)).toThrow('There is no job 99')
})

test('a run keeps its steps, and the one that finished last is the latest', () => {
  const steps = ['classifier', 'cam'].map(name => ({ name, method: name, options: { seed: 1 } }))
  const create = (name: string) =>
    project.runs.create({ name, recipe: { steps }, seed: 1, split: 'all', datasetHash: 'h', steps })
  const [first, second] = [create('first'), create('second')]
  expect(project.runs.latestFinished()).toBeUndefined()
  project.runs.setState(first.id, 'running')
  project.runs.setEngine(first.id, { name: 'tensorflow', version: '2.19.1', device: 'cpu' })
  project.runs.setStepState(first.id, 'cam', 'done', { threshold: 0.3 })
  project.runs.setStepState(first.id, 'cam', 'done')
  project.runs.setState(first.id, 'done')
  project.runs.setState(second.id, 'cancelled')
  expect(project.runs.latestFinished()).toMatchObject({ id: first.id, engine: { device: 'cpu' } })
  expect(project.runs.steps(first.id).map(({ name, state }) => `${name} ${state}`)).toEqual([
    'classifier queued',
    'cam done',
  ])
  expect(project.runs.step(first.id, 'cam')?.summary).toEqual({ threshold: 0.3 })
  expect(project.runs.page({ limit: 9 }).map(run => run.name)).toEqual(['second', 'first'])
  expect(() => project.runs.get(99)).toThrow('There is no run 99')
})

test('figures come back by name and step, and a loss that is no number as null', () => {
  const { id: runId } = project.runs.create({
    name: 'a',
    recipe: {},
    seed: 1,
    split: 'all',
    datasetHash: 'h',
    steps: [],
  })
  const loss = [0.5, Number.NaN].map((value, at) => ({ runId, step: 'train', name: 'loss', value, at }))
  project.metrics.record([...loss, { runId, step: 'train', name: 'mAP', value: 0.9 }])
  expect(project.metrics.list(runId, 'train', 'loss').map(row => [row.at, row.value])).toEqual([
    [0, 0.5],
    [1, null],
  ])
  expect(project.metrics.list(runId, 'train', 'mAP')).toMatchObject([{ at: null, value: 0.9 }])
  project.metrics.clear(runId, 'train')
  expect(project.metrics.list(runId, 'train')).toEqual([])
})

test('a step has one artefact of a kind for a photo', () => {
  project.imports.store(['cat'], [photo('a'), photo('b')])
  const { id: runId } = project.runs.create({
    name: 'a',
    recipe: {},
    seed: 1,
    split: 'all',
    datasetHash: 'h',
    steps: [],
  })
  const artifact = { runId, step: 'cam', kind: 'scores', imageId: 1, blob: 'x.safetensors' }
  project.artifacts.record([artifact, { ...artifact, imageId: 2 }, { ...artifact, kind: 'labels' }])
  project.artifacts.record([{ ...artifact, blob: 'y.safetensors' }])
  expect(project.artifacts.listForStep(runId, 'cam', 'scores').map(row => `${row.imageId} ${row.blob}`)).toEqual([
    '1 y.safetensors',
    '2 x.safetensors',
  ])
  expect(project.artifacts.listForStep(runId, 'cam')).toHaveLength(3)
})

test('settings are JSON under a name', () => {
  expect(project.settings.get('sheet')).toBeUndefined()
  project.settings.set('sheet', { rows: 4 })
  project.settings.set('sheet', { rows: 5 })
  expect(project.settings.get('sheet')).toEqual({ rows: 5 })
  project.settings.remove('sheet')
  expect(project.settings.get('sheet')).toBeUndefined()
})
