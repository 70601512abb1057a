import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { tinyProject } from '../../../tests/helpers/tinyProject'
import { readConfig } from '../config'
import { openProject } from '../db/open'
import { EventBus } from './eventBus'
import { ProjectWatch } from './projectWatch'
import { RecentProjects } from './recentProjects'
import { Sessions } from './sessions'
import { Tasks } from './tasks'

let folder: string
let key: string
let sessions: Sessions
let tasks: Tasks
let watch: ProjectWatch

beforeEach(async () => {
  const project = tinyProject()
  folder = project.folder
  project.close()
  const bus = new EventBus()
  sessions = new Sessions(bus, new RecentProjects(join(temporaryFolder(), 'recent.json')), () => readConfig())
  tasks = new Tasks(bus)
  watch = new ProjectWatch(sessions, tasks, bus)
  key = (await sessions.open(folder)).key
})
afterEach(async () => {
  await watch[Symbol.asyncDispose]()
  await sessions.closeAll()
})

const isGone = /There is no folder .*project: it was moved, renamed or removed/

/** Corrects one label. */
async function correct(): Promise<void> {
  const { labels, classes } = (await sessions.get(key)).project
  labels.applyChange(labels.planChange([1], classes.list()[1]!.id, 'present'), 'forth')
}

test('nothing is written into a folder that was moved since, and none of it is made anew', async () => {
  renameSync(folder, `${folder}-moved`)
  await expect(correct()).rejects.toThrow(isGone)
  await watch.look()
  expect(sessions.find(key)).toBeUndefined()
  await expect(correct()).rejects.toThrow(isGone)
  expect(existsSync(folder)).toBe(false)
  const moved = openProject(`${folder}-moved`)
  expect(moved.labels.summary([1])[0]).toMatchObject({ place: 0, present: 1, corrected: 0 })
  moved.close()
})

test('what is done to a project whose folder was removed is stopped', async () => {
  const work = tasks.start({ kind: 'evaluate', title: 'measure', project: key }, async ({ signal }) => {
    await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error)))
  })
  rmSync(folder, { recursive: true })
  await watch.look()
  expect(tasks.get(work.id).state).toBe('cancelled')
  expect(sessions.list()).toEqual([])
})

test('a folder that comes back is opened again as it was', async () => {
  await sessions.close(key)
  await sessions.open(folder, { readOnly: true })
  renameSync(folder, `${folder}-moved`)
  await watch.look()
  renameSync(`${folder}-moved`, folder)
  await watch.look()
  expect(sessions.find(key)!.project.readOnly).toBe(true)
  expect(sessions.find(key)!.project.images.count()).toBe(4)
})

test('another project in the place of the open one is not written to', async () => {
  renameSync(folder, `${folder}-moved`)
  mkdirSync(folder)
  openProject(folder, { create: true }).close()
  await expect(correct()).rejects.toThrow(/was put in the place of the one that is open/)
  await watch.look() // the one that lies there now is opened
  expect(sessions.find(key)!.project.images.count()).toBe(0)
})
