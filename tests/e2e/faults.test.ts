import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import BetterSqlite3 from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { projectKey } from '../../src/main/host/projectKey'
import { openPage } from '../helpers/browser'
import { fillDisk } from '../helpers/fullDisk'
import { photoProject } from '../helpers/photoProject'
import { RunsScreen } from '../helpers/runsScreen'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { TinyDataset } from '../helpers/tinyDataset'

/** What goes wrong while somebody works, and what the window says of it. */

interface Window {
  readonly served: ServedWorkbench
  readonly page: Page
}

async function openWindow(roots: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Window> {
  const served = await serveWorkbench({ stateFolder: temporaryFolder(), roots, env })
  const { page } = await openPage()
  page.setDefaultTimeout(40_000)
  await page.goto(served.address)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  return { served, page }
}

/** Opens the last step before an import into a new project. */
async function openMapping({ served, page }: Window, parent: string, source: Record<string, string>): Promise<void> {
  const query = new URLSearchParams({ step: 'mapping', parent, name: 'p', ...source })
  await page.goto(`${served.origin}/projects/new?${query}`)
}

test('an import that is cancelled leaves nothing, and its choices stay', async () => {
  const dataset = new TinyDataset()
  const photo = readFileSync(await dataset.photo('photos/first.jpg', { width: 640, height: 480 }))
  const rows = Array.from({ length: 3000 }, (_, i) => `photo-${i}`)
  for (const name of rows) dataset.file(`photos/${name}.jpg`, withComment(photo, name))
  dataset.file('labels.csv', ['image,labels', ...rows.map(name => `${name},cat`)].join('\n'))
  const home = temporaryFolder()
  const window = await openWindow([home, dataset.folder])
  const { page, served } = window
  await openMapping(window, home, { path: dataset.folder, format: 'csv' })
  await page.getByRole('button', { name: /^Import 3,?00[01] photos/ }).click()
  await page.getByRole('button', { name: 'Cancel the import' }).click()
  await page.getByText('The import was cancelled: nothing of it is in the project.').waitFor()
  await page.getByRole('button', { name: 'Back to what it holds' }).click()
  await page.getByRole('checkbox', { name: 'Take the class cat' }).waitFor()
  await served.stop()
  const project = openProject(join(home, 'p'))
  expect([project.images.count(), project.classes.names()]).toEqual([0, []])
  project.close()
})

/** The same picture with other bytes. */
function withComment(jpeg: Buffer, text: string): Buffer {
  const segment = Buffer.from([0xff, 0xfe, 0, text.length + 2, ...Buffer.from(text)])
  return Buffer.concat([jpeg.subarray(0, 2), segment, jpeg.subarray(2)])
}

test('a sample that is stopped while it is drawn leaves no folder, and says so', async () => {
  const home = temporaryFolder()
  const { page, served } = await openWindow([home])
  await page.goto(`${served.origin}/projects/sample`)
  await page.getByLabel('In the folder').fill(home)
  await page.getByRole('button', { name: 'Draw the sample' }).click()
  await page.getByText(/drawing photos: \d+ \/ 160/).waitFor()
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await page.getByText('The drawing was stopped: nothing of it is left.').waitFor()
  expect(existsSync(join(home, 'maskwright-sample'))).toBe(false)
  await page.goto(`${served.origin}/projects`)
  await page.getByText('From labels to masks you can trust').waitFor()
  await served.stop()
})

test('a mask of another size than its photo, and a photo that is none, are left out by name', async () => {
  const dataset = new TinyDataset()
  await dataset.photo('JPEGImages/a.jpg')
  await dataset.photo('JPEGImages/b.jpg', { shade: 4 })
  dataset.file('JPEGImages/c.jpg', 'no photo')
  for (const [stem, width] of [
    ['a', 6],
    ['b', 5],
  ] as const)
    // prettier-ignore
    dataset.mask(`SegmentationClass/${stem}.png`, { 1: 3 }, { width, height: 4 })
  dataset.file('image_labels.csv', 'image,labels\na,cat\nb,cat\nc,cat')
  const home = temporaryFolder()
  const window = await openWindow([home, dataset.folder])
  await openMapping(window, home, { path: dataset.folder, format: 'voc' })
  await window.page.getByRole('button', { name: /^Import 3 photos/ }).click()
  const left = window.page.getByRole('table', { name: 'Left out' })
  await left.getByText(/b\.png is 5×4, its photo 6×4/).waitFor()
  await left.getByText(/c\.jpg cannot be read as a photo/).waitFor()
  await window.served.stop()
})

test('a project of a later version says so, can be looked at, and offers no edit', async () => {
  const { folder } = await photoProject(['cat'], [{ stem: 'a', present: [0] }])
  const database = new BetterSqlite3(join(folder, 'project.sqlite'))
  database.pragma('user_version = 99')
  database.close()
  const { page, served } = await openWindow([join(folder, '..')])
  await page.goto(`${served.origin}/projects/open`)
  await page.getByLabel('Project folder').fill(folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.getByRole('alert').getByText('was made by a later Maskwright (schema 99').waitFor()
  await page.getByRole('button', { name: 'Open read-only' }).click()
  await page.waitForURL(/\/dataset/)
  await page.getByRole('option', { name: 'a' }).click()
  const absent = page.getByRole('group', { name: 'cat', exact: true }).getByRole('button', { name: 'absent' })
  expect(await absent.isDisabled()).toBe(true)
  await page.getByText('read-only').first().waitFor()
  await served.stop()
})

test('a folder that is no project says what a project is', async () => {
  const folder = temporaryFolder()
  const { page, served } = await openWindow([folder])
  await page.goto(`${served.origin}/projects/open`)
  await page.getByLabel('Project folder').fill(folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  const alert = page.getByRole('alert').filter({ hasText: 'is not a Maskwright project' })
  expect(await alert.innerText()).toContain('Choose the folder that holds one, or make a new project.')
  expect(await alert.innerText()).not.toContain('`')
  await served.stop()
})

test('runs meet a full disk, a killed worker, a moved and a closed project: each is said, and each goes on', async () => {
  const photos = Array.from({ length: 8 }, (_, i) => ({ stem: `photo-${i}`, present: [i % 2] }))
  const { folder } = await photoProject(['cat', 'dog'], photos)
  mkdirSync(join(folder, 'runs/1'), { recursive: true })
  symlinkSync('/dev/full', join(folder, 'runs/1/log.ndjson'))
  const { page, served } = await openWindow([join(folder, '..')], { MASKWRIGHT_COMPUTE_ISOLATION: 'process' })
  await openByFolder(page, served.origin, folder)
  const screen = new RunsScreen(page, `${served.origin}/p/${projectKey(folder)}/runs`)

  await page.goto(`${screen.address}?recipe=cam`)
  await screen.fineTune()
  await screen.start()
  await screen.becomes('failed')
  const failure = page.getByRole('alert').filter({ hasText: 'What to do' })
  expect(await failure.innerText()).toContain('The disk is full')
  expect(await failure.innerText()).toContain('Free some space on the disk of the project')
  rmSync(join(folder, 'runs/1/log.ndjson'))
  await screen.button('Retry from the last checkpoint').first().click()
  await screen.becomes('running')
  await screen.lossGrows()

  process.kill(workerOf(served.cli.child.pid!), 'SIGKILL')
  await page.getByText(/The compute worker was ended by SIGKILL/).first().waitFor() // prettier-ignore
  await screen.becomes('running')
  await screen.lossGrows()

  renameSync(folder, `${folder}-moved`)
  const gone = page.getByRole('alert').filter({ hasText: 'The folder of this project is gone' })
  await gone.waitFor()
  expect(existsSync(folder)).toBe(false)
  renameSync(`${folder}-moved`, folder)
  await gone.waitFor({ state: 'detached' })
  await screen.becomes('running')
  await screen.lossGrows()

  await page.goto(`${served.origin}/projects?project=${projectKey(folder)}`)
  await page.getByText('computing', { exact: true }).first().waitFor()
  await page.getByRole('button', { name: 'Close', exact: true }).click()
  await page.getByText('stops at its last checkpoint').waitFor()
  await page.getByRole('button', { name: 'Stop and close' }).click()
  await page.getByRole('button', { name: 'Open read-only' }).waitFor()
  await page.goto(screen.address)
  await screen.becomes('running')
  await screen.lossGrows()
  await screen.button('Stop').click()
  await screen.becomes('stopped')
  await served.stop()
}, 180_000)

test('labels, strokes and imports meet a full disk and a folder that is gone: each is said, and each goes on', async () => {
  const { folder } = await photoProject(['cat', 'dog'], [{ stem: 'a', present: [0] }, { stem: 'b', present: [1] }]) // prettier-ignore
  const more = new TinyDataset()
  await more.photo('photos/c.jpg')
  await more.photo('photos/d.jpg', { shade: 4 })
  more.file('labels.csv', 'image,labels\nc,cat\nd,dog')
  writeFileSync(join(folder, 'cache'), '') // where small pictures would be kept there is no room either
  const { page, served } = await openWindow([join(folder, '..'), more.folder])
  await openByFolder(page, served.origin, folder)
  const project = `${served.origin}/p/${projectKey(folder)}`
  await page.getByRole('option', { name: 'a' }).click()
  const pictureWidth = () => page.evaluate<number>(`document.querySelector('.tile img')?.naturalWidth ?? 0`)
  await expect.poll(pictureWidth, { timeout: 20_000 }).toBeGreaterThan(0)
  const makeRoom = fillDisk(folder)
  const isFull = /The disk with .*project\.sqlite is full: free some space, then try again\./

  await page.getByRole('combobox', { name: 'Add a class' }).fill('dog')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').filter({ hasText: isFull }).waitFor()
  await page.getByText('the last change was not saved').waitFor()
  expect(await page.getByRole('group', { name: 'dog', exact: true }).count()).toBe(0)

  await page.goto(`${project}/import?${new URLSearchParams({ step: 'mapping', path: more.folder, format: 'csv' })}`)
  await page.getByRole('button', { name: /^Import 2 photos/ }).click()
  await page.getByText(isFull).first().waitFor()

  await page.goto(`${project}/review?order=name`)
  await page.getByTestId('position').filter({ hasText: ' of ' }).waitFor()
  const stage = (await page.getByRole('application').boundingBox())!
  await page.mouse.click(stage.x + stage.width / 2, stage.y + stage.height / 2)
  await page.getByTestId('saving').filter({ hasText: isFull }).waitFor()
  makeRoom()
  await page.getByTestId('saving').filter({ hasText: 'saved · v1' }).waitFor()

  await page.goto(`${project}/dataset`)
  await page.getByText('2 photos', { exact: true }).first().waitFor()
  await page.getByRole('option', { name: 'a' }).click()
  const cat = page.getByRole('group', { name: 'cat', exact: true })
  await cat.getByRole('button', { name: 'unknown' }).click()
  await page.getByText('all changes saved').waitFor()

  renameSync(folder, `${folder}-moved`)
  const gone = page.getByRole('alert').filter({ hasText: `The folder of this project is gone: ${folder} was moved` })
  await gone.waitFor()
  await page.getByText('nothing is saved: the folder is gone').waitFor()
  await cat.getByRole('button', { name: 'absent' }).click()
  await page
    .getByRole('alert')
    .filter({ hasText: `There is no folder ${folder}: it was moved` })
    .waitFor()
  expect(await gone.getByRole('link').getAttribute('href')).toBe(`/projects?project=${projectKey(folder)}`)
  expect(existsSync(folder)).toBe(false)
  renameSync(`${folder}-moved`, folder)
  await gone.waitFor({ state: 'detached' })
  await cat.getByRole('button', { name: 'absent' }).click()
  await page.getByText('all changes saved').waitFor()
  await served.stop()
})

async function openByFolder(page: Page, origin: string, folder: string): Promise<void> {
  await page.goto(`${origin}/projects/open`)
  await page.getByLabel('Project folder').fill(folder)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await page.waitForURL(/\/dataset/)
}

/** The process that computes for a workbench. */
function workerOf(parent: number): number {
  const ids = readdirSync('/proc').filter(name => /^\d+$/.test(name))
  const found = ids.find(id => {
    try {
      const isChild = new RegExp(`\\) \\S ${parent} `).test(readFileSync(`/proc/${id}/stat`, 'utf8'))
      return isChild && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('/worker.js')
    } catch {
      return false // it has ended meanwhile
    }
  })
  if (found === undefined) throw new Error(`process ${parent} has no compute worker`)
  return Number(found)
}
