import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import { blobPath } from '../artifacts/blobStore'
import type { Project } from '../db/open'
import { deleteRun, runRemains } from './deleteRun'
import { Queue } from './queue'

let project: Project
afterEach(() => project.close())

const newRun = { name: 'run', recipe: {}, seed: 1, split: 'all', datasetHash: '', steps: [] }
const [own, shared] = ['a', 'b'].map(letter => `${letter.repeat(64)}.png`) as [string, string]

function finishedRun(queue: Queue, blobs: readonly string[]): number {
  const { id } = queue.enqueue(newRun)
  queue.cancel(id)
  mkdirSync(project.runFolder(id), { recursive: true })
  writeFileSync(join(project.runFolder(id), 'log.ndjson'), '12345')
  const images = project.dataset().images
  project.artifacts.record(
    blobs.map((blob, i) => ({ runId: id, step: 'cut', kind: 'labels', imageId: images[i]!.id, blob })),
  )
  for (const blob of blobs) {
    const path = blobPath(project.blobFolder, blob)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, blob)
  }
  return id
}

test('a deleted run takes its folder and the maps that it alone has', async () => {
  project = tinyProject()
  const queue = new Queue(
    project,
    () => Promise.resolve('done'),
    () => undefined,
  )
  const [gone, kept] = [finishedRun(queue, [own, shared]), finishedRun(queue, [shared])]
  expect(await runRemains(project, gone)).toEqual({ blobs: 1, shared: 1, folderBytes: 5 })
  await deleteRun(project, queue, gone)
  expect(project.runs.find(gone)).toBeUndefined()
  expect(existsSync(project.runFolder(gone))).toBe(false)
  expect(existsSync(blobPath(project.blobFolder, own))).toBe(false)
  expect(existsSync(blobPath(project.blobFolder, shared))).toBe(true)
  expect(project.artifacts.listForStep(kept, 'cut')).toHaveLength(1)
})

test('a run that waits is not deleted', async () => {
  project = tinyProject()
  const queue = new Queue(
    project,
    () => Promise.resolve('done'),
    () => undefined,
  )
  const { id } = queue.enqueue(newRun)
  await expect(deleteRun(project, queue, id)).rejects.toThrow(`Run ${id} (run) is queued: stop it, then delete it.`)
})
