import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ExportManifest } from '../../src/shared/contract/export'
import { openPage } from '../helpers/browser'
import { measuredProject, type Stripes } from '../helpers/measuredProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

let served: ServedWorkbench
let address: string

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
  address = await served.open(await measuredProject(['cat', 'dog', '<img src=x onerror=alert(1)>'], truths, [run]))
})
afterAll(async () => {
  await served.stop()
})

test('masks are looked through, leave as COCO, and the manifest lies beside them', async () => {
  const { page, errors } = await openPage()
  await page.goto(`${address}/export`)
  const lint = page.getByRole('region', { name: 'Before it leaves' })
  await lint.getByText('Mask shows a class that the labels say is absent').click()
  const link = lint.getByRole('link')
  expect(await link.first().getAttribute('href')).toMatch(/\/review\/\d+\?source=1:[a-z-]+&states=all$/)
  await lint.getByText('Class without a pixel: <img src=x onerror=alert(1)>').waitFor()

  await page.getByRole('button', { name: /COCO instances/ }).click()
  const out = join(temporaryFolder(), 'coco')
  const folder = page.getByLabel('Into the folder')
  await folder.fill(out)
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const done = page.getByRole('region', { name: 'Exported' })
  await done.getByText(out).waitFor()
  await done.getByText(/2 photos · 1 file/).waitFor()
  expect(readdirSync(out).sort()).toEqual(['instances.json', 'manifest.json'])
  const manifest = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as ExportManifest
  expect(manifest).toMatchObject({ format: 'coco', origin: { run: { id: 1, name: 'mixed' }, photos: 2 } })

  expect(errors).toEqual([])

  await folder.fill(join(tmpdir(), '..', 'outside'))
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  await page.getByText(/outside the folders that this window may use/).waitFor()
  // What was refused was no change of the project: nothing went unsaved.
  expect(await page.getByText('the last change was not saved').count()).toBe(0)
  expect(existsSync(join(tmpdir(), '..', 'outside'))).toBe(false)
})
