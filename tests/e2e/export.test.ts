import { execFileSync } from 'node:child_process'
import { closeSync, existsSync, openSync, readdirSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExportManifest } from '../../src/shared/contract/export'
import { readLabelPng } from '../../src/main/media/labelPng'
import { openPage } from '../helpers/browser'
import { measuredProject, type Stripes } from '../helpers/measuredProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

let served: ServedWorkbench
let address: string
let project: string

/** Half cat; all dog. The mask of the second photo shows a cat, too, and nothing shows the third class. */
const cat: Stripes = [
  [20, 1],
  [20, 0],
]
const truths: readonly Stripes[] = [cat, [[40, 2]]]
const masks = [
  cat,
  [
    [20, 2],
    [20, 1],
  ],
] as const satisfies readonly Stripes[]

beforeAll(async () => {
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [realpathSync(tmpdir())] })
  const run = { name: 'mixed', threshold: 0.5, masks }
  project = await measuredProject(['cat', 'dog', '<img src=x onerror=alert(1)>'], truths, [run])
  address = await served.open(project)
})
afterAll(async () => {
  await served.stop()
})

/** Where the project keeps the label map whose first and last pixels are these. */
async function maskBlob(first: number, last: number): Promise<string> {
  const blobs = join(project, 'blobs')
  const names = readdirSync(blobs, { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.png'))
  for (const name of names) {
    const { labels } = await readLabelPng(join(blobs, name))
    if (labels[0] === first && labels.at(-1) === last) return join(blobs, name)
  }
  throw new Error(`no mask begins with ${first} and ends with ${last}`)
}

test('masks are looked through, leave as COCO, and the manifest lies beside them', async () => {
  const { page, errors } = await openPage()
  await page.goto(`${address}/export`)
  const lint = page.getByRole('region', { name: 'Before it leaves' })
  await lint.getByText('Mask shows a class that the labels say is absent').click()
  await lint.getByText('Class without a pixel: <img src=x onerror=alert(1)>').waitFor()
  await lint.getByText('labelled in none').waitFor()
  expect(await lint.getByRole('link', { name: 'photo-1' }).getAttribute('href')).toMatch(
    /\/review\/2\?source=1:masks&order=name&states=all&among=2$/,
  )
  // Review lists what was found and nothing else: the next photo is another of the kind, or none.
  await lint.getByRole('link', { name: 'Review 1 photo' }).click()
  await page.getByTestId('position').getByText('1 of 1').waitFor()
  await page.goBack()

  await page.getByRole('button', { name: /COCO instances/ }).click()
  const out = join(temporaryFolder(), 'coco')
  const folder = page.getByLabel('Into the folder')
  await folder.fill('/elsewhere/export-coco')
  await page.getByRole('button', { name: /YOLO/ }).click()
  await expect.poll(() => folder.inputValue()).toBe('/elsewhere/export-yolo') // not over the other format's
  await page.getByRole('button', { name: /COCO instances/ }).click()
  await expect.poll(() => folder.inputValue()).toBe('/elsewhere/export-coco')
  await folder.fill(out)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const done = page.getByRole('region', { name: 'Exported' })
  await done.getByText(out).waitFor()
  await done.getByText(/2 photos · 1 file/).waitFor()
  expect(readdirSync(out).sort()).toEqual(['instances.json', 'manifest.json'])
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportManifest
  expect(manifest).toMatchObject({ format: 'coco', origin: { run: { id: 1, name: 'mixed' }, photos: 2 } })

  // A pipe that nobody writes to: the export waits for its second mask for as long as it takes to cancel it.
  const [finished, mask] = [await maskBlob(1, 0), await maskBlob(2, 1)]
  const lose = (blob: string) => renameSync(blob, `${blob}.lost`)
  const find = (blob: string) => renameSync(`${blob}.lost`, blob)
  const exporting = page.getByRole('button', { name: 'Export', exact: true })
  lose(mask)
  execFileSync('mkfifo', [mask])
  await exporting.click()
  await page.getByRole('button', { name: 'Cancel the export' }).click()
  await page.getByText('The export was cancelled: nothing of it is left.').waitFor()
  closeSync(openSync(mask, 'r+'))
  rmSync(mask)
  expect(existsSync(`${out}.partial`)).toBe(false)
  expect(JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8'))).toEqual(manifest)

  // Without its second mask it fails; then it goes on without the first, which it has finished.
  await exporting.click()
  await page.getByText('What it had finished is kept: the same export goes on from there.').waitFor()
  find(mask)
  lose(finished)
  await page.getByRole('button', { name: 'Export again' }).click()
  await done.getByText(/2 photos · 1 file/).waitFor()
  find(finished)
  expect((JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportManifest).files).toEqual(manifest.files)

  expect(errors).toEqual([])

  await folder.fill(join(tmpdir(), '..', 'outside'))
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByText(/outside the folders that this window may use/).waitFor()
  // What was refused was no change of the project: nothing went unsaved.
  expect(await page.getByText('the last change was not saved').count()).toBe(0)
  expect(existsSync(join(tmpdir(), '..', 'outside'))).toBe(false)
})
