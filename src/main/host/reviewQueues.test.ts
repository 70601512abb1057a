import { expect, onTestFinished, test } from 'vitest'
import { ownThread, reviewProject } from '../../../tests/helpers/reviewProject'
import { reviewQueueSchema, reviewRuleSchema } from '../../shared/contract/reviewQueue'
import { EventBus } from './eventBus'
import { ReviewQueues } from './reviewQueues'
import { Tasks } from './tasks'

const size = { width: 4, height: 4 }
const flat = (...scores: number[]) => ({
  keys: Int32Array.from(scores.keys()),
  maps: Float32Array.from({ length: scores.length * 16 }, (_, i) => scores[Math.floor(i / 16)]!),
  ...size,
})
const cats = new Uint8Array(16).fill(1)
const dogs = new Uint8Array(16).fill(2)

/** Cut at 0.30: leads of 0.6, 0.1 and 0.2; a photo that no run made anything of. */
async function made() {
  const reviewed = await reviewProject(['cat', 'dog'], size, [
    { stem: 'clear', labels: [0], maps: flat(0.9), mask: cats },
    { stem: 'disputed', labels: [0, 1], maps: flat(0.8, 0.7), mask: cats, split: 'val' },
    { stem: 'faint', labels: [1], maps: flat(0, 0.5), mask: dogs },
    { stem: 'left out', labels: [1] },
  ])
  const { project } = reviewed
  const tasks = new Tasks(new EventBus())
  const queues = new ReviewQueues(project, ({ signal, progress }) => ({
    pool: ownThread,
    progress,
    checkpoint: () => Promise.resolve(signal.throwIfAborted()),
  }))
  onTestFinished(() => project.close())
  const ask = (question: object) => queues.page(reviewQueueSchema.parse(question))
  const measure = async (question: object) => {
    const { id } = queues.start(reviewQueueSchema.parse(question), tasks, 'key')
    const { state, error } = await tasks.ended(id)
    if (state !== 'done') throw new Error(error?.message)
  }
  return { ...reviewed, queues, ask, measure }
}

const stems = (queue: { readonly items: readonly { readonly stem: string }[] }) => queue.items.map(({ stem }) => stem)

test('an order has to be measured once, and says so until then', async () => {
  const { ask, measure, run } = await made()
  expect(await ask({ order: 'margin' })).toMatchObject({ measured: false, items: [], source: { run, step: 'masks' } })
  await measure({ order: 'margin' })
  const queue = await ask({ order: 'margin' })
  expect(stems(queue)).toEqual(['disputed', 'faint', 'clear'])
  expect(queue).toMatchObject({ measured: true, total: 3, listed: 3, next: null })
  expect(queue.items[0]!.value).toBeCloseTo(0.1, 3)
  // The same measuring answers for all orders of these maps.
  expect(await ask({ order: 'gain' })).toMatchObject({ measured: true, listed: 3 })
  expect(stems(await ask({ order: 'entropy' }))[0]).toBe('disputed')
  expect((await ask({ order: 'labels' })).items[0]).toMatchObject({ stem: 'disputed', why: { missing: [1] } })
})

test('pages follow each other though photos leave the list between them', async () => {
  const { ask, desk } = await made()
  const first = await ask({ order: 'name', states: ['unreviewed'], limit: 1 })
  expect([stems(first), first.next]).toEqual([['clear'], first.items[0]!.image])
  desk.decide(first.items[0]!.image, null, 'accept')
  const second = await ask({ order: 'name', states: ['unreviewed'], limit: 1, after: first.next })
  expect([stems(second), second.listed, second.total]).toEqual([['disputed'], 2, 3])
  expect(stems(await ask({ order: 'name', states: ['accepted'] }))).toEqual(['clear'])
})

test('a filter of the dataset screen holds, and so does a state in it', async () => {
  const { ask, desk } = await made()
  expect(stems(await ask({ order: 'name', filter: { split: 'val' } }))).toEqual(['disputed'])
  desk.decide(1, null, 'unsure')
  expect(stems(await ask({ order: 'name', filter: { review: 'unsure' } }))).toEqual(['clear'])
  desk.undo()
  expect(stems(await ask({ order: 'name', filter: { review: 'unsure' } }))).toEqual([])
})

test('a rule accepts what lies within its bounds and is taken back by one undo', async () => {
  const { queues, measure, desk } = await made()
  const rule = reviewRuleSchema.parse({ order: 'margin', atLeast: 0.15, decision: 'accept' })
  await expect(queues.meantBy(rule)).rejects.toThrow(/"margin" is not measured yet/)
  await measure({ order: 'margin' })
  const meant = await queues.meantBy(rule)
  expect(stems({ items: meant })).toEqual(['faint', 'clear'])
  expect(desk.decideMany(meant, rule).size).toBe(2)
  expect(desk.progress({})).toMatchObject({
    counts: { accepted: 2, unreviewed: 2 },
    undo: { decision: 'accept', photos: 2 },
    perMinute: null,
  })
  expect(await queues.meantBy(rule)).toEqual([])
  expect(desk.undo()).toHaveLength(2)
  expect(desk.progress({}).counts).toMatchObject({ accepted: 0, unreviewed: 4 })
})

test('two runs are compared by what either calls foreground', async () => {
  const { ask, measure, project, run } = await made()
  const steps = [{ name: 'masks', method: 'threshold', options: {} }]
  const { id } = project.runs.create({ name: 'b', recipe: {}, seed: 1, split: 'all', datasetHash: '', steps })
  const [cat, , dog] = project.artifacts.listForStep(run, 'masks', 'labels').map(({ blob }) => blob)
  const artifact = { runId: id, step: 'masks', kind: 'labels' }
  project.artifacts.record([
    { ...artifact, imageId: 1, blob: cat! },
    { ...artifact, imageId: 2, blob: dog! },
  ])
  const question = { order: 'runs', source: { run, step: 'masks' } }
  await expect(ask(question)).rejects.toThrow(/choose the other one/)
  const compared = { ...question, against: { run: id, step: 'masks' } }
  await measure(compared)
  const { items } = await ask(compared)
  expect(items.map(({ stem, value }) => [stem, value])).toEqual([
    ['disputed', 1],
    ['clear', 0],
    ['faint', null],
  ])
  expect(items[0]!.why).toMatchObject({ pixels: 16 })
  await expect(measure({ order: 'name' })).rejects.toThrow(/needs no measuring/)
})

test('a project without masks can be reviewed by name, not by what masks would tell', async () => {
  const { project } = await reviewProject(['cat'], size, [{ stem: 'a', labels: [] }])
  onTestFinished(() => project.close())
  const queues = new ReviewQueues(project, () => ({ pool: ownThread, progress: () => undefined, checkpoint: () => Promise.resolve() })) // prettier-ignore
  await expect(queues.page(reviewQueueSchema.parse({}))).rejects.toThrow(/No run of this project has made masks/)
  const queue = await queues.page(reviewQueueSchema.parse({ order: 'tail' }))
  expect(queue).toMatchObject({ source: null, items: [{ stem: 'a', blob: null }] })
})
