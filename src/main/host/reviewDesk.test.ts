import { readFileSync } from 'node:fs'
import { expect, onTestFinished, test } from 'vitest'
import { reviewProject } from '../../../tests/helpers/reviewProject'
import { blobPath } from '../artifacts/blobStore'
import { writeLabelMap } from '../artifacts/labelMaps'
import { openProject, type Project } from '../db/open'
import { decodeLabelPng } from '../media/labelPng'
import { ReviewDesk } from './reviewDesk'

const size = { width: 4, height: 4 }
/** A cat in the upper half. */
const half = Uint8Array.from({ length: 16 }, (_, i) => (i < 8 ? 1 : 0))
const whole = new Uint8Array(16).fill(1)
const stroke = (byte: number) => Uint8Array.of(byte, byte)

async function made() {
  const reviewed = await reviewProject(['cat', 'dog'], size, [
    { stem: 'cat', labels: [0], mask: half },
    { stem: 'dog', labels: [1], mask: whole },
    { stem: 'bare', labels: [] },
  ])
  onTestFinished(() => reviewed.project.close())
  return { ...reviewed, ...paintingOf(reviewed.desk) }
}

function paintingOf(desk: ReviewDesk) {
  const seen = (image: number) => {
    const { mask, journal } = desk.photo(image, null)
    return { version: mask.version, revision: journal.revision }
  }
  return {
    seen,
    paint: (image: number, byte: number) => desk.addStroke(image, null, seen(image), stroke(byte)),
    save: (image: number, labels: Uint8Array) => desk.save(image, null, { ...seen(image), labels, restart: false }),
  }
}

function labelsIn(project: { blobFolder: string }, blob: string | null): number[] {
  return [...decodeLabelPng(readFileSync(blobPath(project.blobFolder, blob!)), 'mask').labels]
}

test('a mask that nobody touched is the run’s, and accepting it says whose it was', async () => {
  const { desk, run } = await made()
  const { mask } = desk.photo(1, null)
  expect(mask).toMatchObject({ version: 0, state: 'unreviewed', edited: false, origin: { run, step: 'masks' } })
  expect(desk.decide(1, null, 'accept')).toMatchObject({
    before: 'unreviewed',
    mask: { blob: mask.blob, state: 'accepted', edited: false, origin: { run, step: 'masks', blob: mask.blob } },
  })
  expect(desk.progress({})).toMatchObject({ counts: { accepted: 1, unreviewed: 2 }, undo: { photos: 1 } })
  expect(desk.undo()).toMatchObject([{ image: 1, before: 'accepted', mask: { state: 'unreviewed' } }])
  expect(desk.undo()).toEqual([])
  expect(desk.progress({}).undo).toBeNull()
})

test('a list asks how its photos stand: decided on, painted, and as the run made them', async () => {
  const { desk, paint, save, run } = await made()
  desk.decide(2, null, 'reject')
  await paint(1, 7)
  await save(1, whole)
  expect(desk.standings([2, 1, 3], null)).toEqual([
    { image: 2, mask: desk.photo(2, null).mask },
    { image: 1, mask: desk.photo(1, null).mask },
    { image: 3, mask: { blob: null, version: 0, state: 'unreviewed', edited: false, origin: null, originKnown: true } },
  ])
  expect(desk.standings([2], { run, step: 'masks' })[0]!.mask).toMatchObject({ state: 'rejected', version: 0 })
})

test('a corrected mask is a draft until it is accepted, and then says that a hand was in it', async () => {
  const { desk, project, paint, save } = await made()
  await paint(1, 7)
  const { mask } = await save(1, whole)
  expect(mask).toMatchObject({ version: 1, state: 'unreviewed', edited: true })
  expect(labelsIn(project, mask.blob)).toEqual([...whole])
  expect(desk.progress({})).toMatchObject({ counts: { unreviewed: 3 }, drafts: 1 })
  expect(desk.decide(1, null, 'accept').mask.state).toBe('edited')
  expect(project.corrections.settledBlobs()).toEqual(new Map([[1, mask.blob]]))
})

test('painting the run’s mask back makes an accepted mask of an edited one', async () => {
  const { desk, save } = await made()
  await save(1, whole)
  desk.decide(1, null, 'accept')
  expect((await save(1, half)).mask).toMatchObject({ version: 2, state: 'accepted', edited: false })
})

test('strokes that are not saved keep a mask from being accepted', async () => {
  const { desk, paint } = await made()
  await paint(1, 7)
  expect(() => desk.decide(1, null, 'accept')).toThrow(/1 strokes on cat are not in its mask yet/)
  expect(desk.decide(1, null, 'reject').mask.state).toBe('rejected')
})

test('what was decided with a save is taken back, the label map stays', async () => {
  const { desk, seen } = await made()
  const saved = await desk.save(1, null, { ...seen(1), labels: whole, restart: false, decision: 'accept' })
  expect(saved.mask).toMatchObject({ version: 1, state: 'edited' })
  desk.undo()
  expect(desk.photo(1, null).mask).toMatchObject({ version: 1, state: 'unreviewed', blob: saved.mask.blob })
})

test('a photo of which no run made a mask is painted on an empty map', async () => {
  const { desk, project, paint } = await made()
  expect(desk.photo(3, null).mask).toMatchObject({ blob: null, version: 0 })
  expect(() => desk.decide(3, null, 'accept')).toThrow(/bare has no mask to decide on/)
  const { mask } = await paint(3, 1)
  expect(labelsIn(project, mask.blob)).toEqual(Array.from({ length: 16 }, () => 0))
  expect(mask.origin).toBeNull()
})

test('another window’s save, stroke or undo is a conflict, and what it made stays', async () => {
  const { desk, paint, save, seen } = await made()
  const before = seen(1)
  await paint(1, 1)
  await expect(desk.addStroke(1, null, before, stroke(2))).rejects.toThrow(/painted on in another window/)
  await expect(desk.save(1, null, { ...before, labels: half, restart: false })).rejects.toThrow(/another window/)
  const { mask } = await save(1, whole)
  const late = { version: 0, revision: seen(1).revision }
  await expect(desk.save(1, null, { ...late, labels: half, restart: true })).rejects.toThrow(
    /version 1 is the newest, yours began from 0/,
  )
  expect(desk.standing(1, null).mask).toEqual(mask)
})

test('two saves at once: one is stored, the other is told', async () => {
  const { desk, seen } = await made()
  const both = [whole, new Uint8Array(16).fill(2)].map(labels =>
    desk.save(1, null, { ...seen(1), labels, restart: false }),
  )
  const outcomes = await Promise.allSettled(both)
  expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(desk.photo(1, null)).toMatchObject({ mask: { version: 1 }, versions: [{ version: 1 }] })
})

test('a label that is no class, and a map of another size, are refused and change nothing', async () => {
  const { desk, save } = await made()
  await expect(save(1, new Uint8Array(16).fill(3))).rejects.toThrow(
    /cat has 16 pixels of label 3: this project's are 0 \(background\), 1 … 2/,
  )
  await expect(save(1, new Uint8Array(15))).rejects.toThrow(/15 pixels does not fit photo cat of 4×4/)
  expect(desk.photo(1, null)).toMatchObject({ mask: { version: 0 }, versions: [] })
})

test('any version can be restored, the run’s own too', async () => {
  const { desk, project, save, seen } = await made()
  await save(1, whole)
  await save(1, new Uint8Array(16).fill(2))
  expect(labelsIn(project, desk.restore(1, seen(1), 1).mask.blob)).toEqual([...whole])
  expect(desk.progress({}).drafts).toBe(1)
  expect(labelsIn(project, desk.restore(1, seen(1), 0).mask.blob)).toEqual([...half])
  expect(desk.progress({}).drafts).toBe(0)
  expect(desk.photo(1, null).versions).toMatchObject([
    { version: 4, reason: 'restored', restored: 0 },
    { version: 3, reason: 'restored', restored: 1 },
    { version: 2, reason: 'saved', restored: null },
    { version: 1, reason: 'saved' },
  ])
  expect(() => desk.restore(1, seen(1), 9)).toThrow(/has no version 9/)
})

test('saving the same pixels again is no new version', async () => {
  const { desk, save } = await made()
  await save(1, whole)
  await save(1, whole)
  expect(desk.photo(1, null).versions).toHaveLength(1)
})

test('a newer run takes the place of a rejected mask, not of an accepted or painted one', async () => {
  const { desk, project, run, paint } = await made()
  desk.decide(1, null, 'reject')
  desk.decide(2, null, 'accept')
  await paint(3, 1)
  const { split, datasetHash } = project.runs.get(run)
  const steps = project.runs.steps(run).map(({ name, method }) => ({ name, method, options: {} }))
  const newest = project.runs.create({ name: 'newer', recipe: { steps: [] }, seed: 1, split, datasetHash, steps })
  const blob = await writeLabelMap(project.blobFolder, { labels: new Uint8Array(16).fill(2), ...size })
  const artifact = { runId: newest.id, step: 'masks', kind: 'labels', blob }
  project.artifacts.record([1, 2, 3].map(imageId => ({ ...artifact, imageId })))
  project.runs.setStepState(newest.id, 'masks', 'done', {})
  const shown = [1, 2, 3].map(image => desk.photo(image, null).mask)
  expect(shown.map(mask => mask.blob === blob)).toEqual([true, false, false])
  expect(shown.map(mask => mask.state)).toEqual(['rejected', 'accepted', 'unreviewed'])
})

/** A later run whose masks show cats alone, of the first photo. */
async function laterRun(project: Project, run: number) {
  const { split, datasetHash } = project.runs.get(run)
  const steps = [{ name: 'masks', method: 'threshold', options: {} }]
  const { id } = project.runs.create({ name: 'newer', recipe: { steps: [] }, seed: 1, split, datasetHash, steps })
  const blob = await writeLabelMap(project.blobFolder, { labels: whole, ...size })
  project.artifacts.record([{ runId: id, step: 'masks', kind: 'labels', imageId: 1, blob }])
  project.runs.setStepState(id, 'masks', 'done', {})
  return { run: id, step: 'masks', blob }
}

/** The upper half, and a dog in the corner. */
const corrected = Uint8Array.from(half, (label, i) => (i === 15 ? 2 : label))

test('a newer mask is taken with the pixels that the person had changed', async () => {
  const { desk, project, run, save, seen } = await made()
  await save(1, corrected)
  desk.decide(1, null, 'accept')
  const later = await laterRun(project, run)
  const { mask } = await desk.rebase(1, null, seen(1))
  expect(labelsIn(project, mask.blob)).toEqual([...whole.subarray(0, 15), 2])
  expect(mask).toMatchObject({ version: 2, state: 'unreviewed', edited: true, origin: later })
  await expect(desk.rebase(2, null, seen(2))).rejects.toThrow(/dog has no corrections/)
})

test('a version from before a newer mask was taken comes back as what it was made from', async () => {
  const { desk, project, run, save, seen } = await made()
  const { mask: first } = await save(1, corrected)
  const later = await laterRun(project, run)
  await desk.rebase(1, null, seen(1))
  expect(desk.restore(1, seen(1), 1).mask).toMatchObject({ version: 3, blob: first.blob, origin: first.origin })
  // Only the corner is the person's: taken for a correction of the later mask, the lower half would be theirs too.
  expect(labelsIn(project, (await desk.rebase(1, null, seen(1))).mask.blob)).toEqual([...whole.subarray(0, 15), 2])
  expect(desk.photo(1, null).versions.map(({ version, origin }) => [version, origin])).toEqual([
    [4, later],
    [3, first.origin],
    [2, later],
    [1, first.origin],
  ])
  desk.restore(1, seen(1), 1)
  const { mask } = desk.restore(1, seen(1), 0)
  expect(labelsIn(project, mask.blob)).toEqual([...half])
  expect(mask).toMatchObject({ edited: false, origin: first.origin, originKnown: true })
})

test('a version outlives its run: its step is named and what it began as stays', async () => {
  const { desk, project, run, save, seen } = await made()
  const { mask: first } = await save(1, corrected)
  await laterRun(project, run)
  await desk.rebase(1, null, seen(1))
  expect(project.artifacts.ownBlobs(run)).not.toContain(first.origin!.blob)
  project.runs.remove(run)
  const { mask } = desk.restore(1, seen(1), 1)
  expect(mask).toMatchObject({ edited: true, origin: { run: null, step: 'masks', blob: first.origin!.blob } })
  expect(labelsIn(project, (await desk.rebase(1, null, seen(1))).mask.blob)).toEqual([...whole.subarray(0, 15), 2])
})

test('what was begun on an empty map goes onto a run’s mask: all that was painted is the person’s', async () => {
  const { desk, project, run, save, seen } = await made()
  const painted = new Uint8Array(16)
  painted[3] = 2
  await save(3, painted)
  const blob = await writeLabelMap(project.blobFolder, { labels: half, ...size })
  project.artifacts.record([{ runId: run, step: 'masks', kind: 'labels', imageId: 3, blob }])
  const { mask } = await desk.rebase(3, null, seen(3))
  expect(labelsIn(project, mask.blob)).toEqual([1, 1, 1, 2, 1, 1, 1, 1, ...new Array<number>(8).fill(0)])
  expect(mask.origin).toMatchObject({ run, blob })
})

test('strokes, their undo and the decisions are there after a restart', async () => {
  const { desk, project, paint, seen } = await made()
  await paint(1, 1)
  await paint(1, 2)
  desk.moveTo(1, seen(1), 1)
  desk.decide(2, null, 'accept')
  const before = desk.photo(1, null)
  project.close()
  const opened = openProject(project.folder)
  onTestFinished(() => opened.close())
  const again = new ReviewDesk(opened, () => ({ threads: 1, run: () => Promise.reject(new Error('unused')) }))
  expect(again.photo(1, null)).toEqual(before)
  expect(opened.strokes.list(1).map(({ place, delta }) => [place, ...delta])).toEqual([[1, 1, 1], [2, 2, 2]]) // prettier-ignore
  expect(again.undo()).toMatchObject([{ image: 2, mask: { state: 'unreviewed' } }])
})
