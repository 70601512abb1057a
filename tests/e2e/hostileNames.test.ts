import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importDataset } from '../../src/main/datasets/importing/importDataset'
import { openProject } from '../../src/main/db/open'
import { projectKey } from '../../src/main/host/projectKey'
import { openPage } from '../helpers/browser'
import { addRun } from '../helpers/seedsProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { TinyDataset } from '../helpers/tinyDataset'
import { temporaryFolder } from '../helpers/temporaryFolder'

/** Markup, a path, right to left, an emoji of several parts, more than fits anywhere. */
const classes = ['<img src=x onerror=alert(1)>', '../up', 'قطة', '🐈‍⬛', `long ${'x'.repeat(295)}`]
/** Files cannot have a slash, nor 300 letters. */
const stems = ['<img src=x onerror=alert(1)>', 'up..%2F..%_', 'قطة', '🐈‍⬛', `long ${'x'.repeat(200)}`]

let served: ServedWorkbench
let page: Page
let errors: readonly string[]
let project: string
beforeAll(async () => {
  const folder = await hostileProject()
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [folder], project: folder })
  ;({ page, errors } = await openPage())
  await page.goto(served.address)
  project = `${served.origin}/p/${projectKey(folder)}`
})
afterAll(async () => {
  await served.stop()
})

/** Five photos that each show a class of their own, with truth and a finished run, in a folder called like the first. */
async function hostileProject(): Promise<string> {
  const dataset = new TinyDataset()
  const size = { width: 96, height: 72 }
  for (const [i, stem] of stems.entries()) {
    await dataset.photo(`photos/${stem}.jpg`, { ...size, shade: i })
    dataset.mask(`masks/${stem}.png`, { [i + 1]: 3000 }, size)
  }
  dataset.file('labels.csv', ['image,labels', ...stems.map((stem, i) => `${stem}.jpg,"${classes[i]}"`)].join('\n'))
  const folder = join(dataset.folder, stems[0]!)
  const made = openProject(folder, { create: true })
  await importDataset({
    project: made,
    path: dataset.folder,
    format: 'csv',
    classes,
    masks: join(dataset.folder, 'masks'),
  })
  await addRun(made, classes[0]!, 0.4)
  made.close()
  return folder
}

/** What was written as markup stays text, nothing runs, and nothing pushes the page wider than the window. */
async function expectHarmless(): Promise<void> {
  expect(await page.locator('img[src="x"], [onerror]').count()).toBe(0)
  const wider = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
  expect(wider).toBeLessThanOrEqual(0)
  expect(errors).toEqual([])
}

test.each([
  ['projects', () => `${served.origin}/projects?project=${project.split('/').at(-1)}`],
  ['dataset', () => `${project}/dataset?photo=1`],
  ['dataset, pairs', () => `${project}/dataset?tab=pairs`],
  ['dataset, problems', () => `${project}/dataset?tab=problems&classes=0`],
  ['runs', () => `${project}/runs/1`],
  ['runs, settings', () => `${project}/runs/1?tab=settings`],
  ['seeds', () => `${project}/seeds/1`],
  ['threshold lab', () => `${project}/seeds/1?below=lab`],
])('%s', async (_, address) => {
  await page.goto(address())
  await page.getByRole('main').waitFor()
  await page.getByText(stems[0]!).first().waitFor()
  await page.waitForTimeout(400) // what is fetched appears
  await expectHarmless()
})

test('compare, and a photo of it large', async () => {
  await page.goto(`${project}/compare`)
  await page.getByRole('button', { name: 'Measure all 1' }).first().click()
  for (const name of classes) await page.getByRole('rowheader', { name, exact: true }).waitFor()
  for (const tab of ['Long tail', 'Confusion', 'Recipe']) {
    await page.getByRole('tab', { name: tab }).click()
    await expectHarmless()
  }
  await page.goto(`${project}/compare?e=1&c=1&photo=1`)
  await page.getByRole('region', { name: `Masks of ${stems[0]} side by side` }).waitFor()
  await expectHarmless()
})

test('the palette finds each class by its name and shows it as text', async () => {
  await page.goto(`${project}/dataset`)
  for (const [i, name] of classes.entries()) {
    await page.keyboard.press('Control+KeyK')
    await page.getByRole('combobox', { name: /Class, photo/ }).fill(name.slice(0, 8))
    const found = page.getByRole('dialog').getByRole('option').filter({ hasText: name })
    await found.filter({ hasText: /^class/i }).click()
    await page.waitForURL(url => url.searchParams.get('classes') === String(i))
    await expectHarmless()
  }
})
