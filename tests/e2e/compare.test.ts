import { readFileSync, realpathSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findingsInBothThemes } from '../helpers/axeFindings'
import { openPage, type WatchedPage } from '../helpers/browser'
import { measuredProject, type Stripes } from '../helpers/measuredProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

/** A project in which three runs were measured. */
let folder: string

const hostile = '<img src=x onerror=alert(1)>'
const classes = ['cat', 'dog', hostile]
/** Half cat; all dog; half cat. Nothing shows the third class. */
const truths: readonly Stripes[] = [
  [
    [20, 1],
    [20, 0],
  ],
  [[40, 2]],
  [
    [20, 1],
    [20, 0],
  ],
]
/** Half of the first cat is missed. Cat 900 of 1200 right, background 1200 of 1500: 75 and 80 percent, dog 100. */
const careful = {
  name: 'careful',
  threshold: 0.5,
  masks: [
    [
      [10, 1],
      [30, 0],
    ],
    truths[1],
    truths[2],
  ] as const,
}
/** Half of the dog is called cat. Cat 1200 of 1800, dog 600 of 1200: 66.7 and 50 percent, background 100. */
const mixed = {
  name: 'mixed',
  threshold: 0.3,
  masks: [
    truths[0],
    [
      [20, 2],
      [20, 1],
    ],
    truths[2],
  ] as const,
}
/** The third photo has no mask. */
const partial = { name: 'partial', threshold: 0.5, masks: [truths[0], truths[1], undefined] as const }

beforeAll(async () => {
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [realpathSync(tmpdir())] })
  folder = await measuredProject(classes, truths, [careful, mixed, partial])
  const { page, errors } = await compare(folder)
  await page.getByText('Nothing was measured yet').waitFor()
  await page.getByRole('button', { name: 'Measure all 3' }).first().click()
  await page.waitForURL(/[?&]e=2,3$/) // the two newest, once all are measured
  await table(page).waitFor()
  expect(errors).toEqual([])
})
afterAll(async () => {
  await served.stop()
})

let served: ServedWorkbench

/** Opens the Compare screen of a project. */
async function compare(project: string, query = ''): Promise<WatchedPage & { readonly address: string }> {
  const address = `${await served.open(project)}/compare`
  const watched = await openPage({ permissions: ['clipboard-read', 'clipboard-write'] })
  watched.page.setDefaultTimeout(15_000)
  await watched.page.goto(address + query)
  return { ...watched, address }
}

const table = (page: Page) => page.getByRole('table', { name: /of every class/ })

/** A row's cells as they are read. */
async function row(page: Page, name: string): Promise<string[]> {
  const cells = table(page)
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  return (await cells.getByRole('cell').allInnerTexts()).map(text => text.trim())
}

const names = async (page: Page) =>
  (await table(page).getByRole('rowheader').allInnerTexts()).map(text => text.trim().split('\n')[0]!)

/** The pictured photos, from left to right. */
const photos = (page: Page) => page.getByRole('button', { name: /^Compare the masks of/ }).allInnerTexts()

test('axe has nothing serious to say of two evaluations beside each other', async () => {
  const { page } = await compare(folder, '?e=1,2')
  await page.getByText('85.0').first().waitFor()
  expect(await findingsInBothThemes(page, 'two evaluations')).toEqual([])
})

test('what was measured in the window is compared class by class, and its worst photos come first', async () => {
  const { page, errors } = await compare(folder, '?e=1,2')
  await page.getByText('85.0').first().waitFor()
  // photos, IoU A and B, change, FP A and B, FN A and B, precision A and B, recall A and B, boundary IoU A and B:
  // rings of 1 pixel, of the cats 144 of 220 and 192 of 288, of the dogs all and 68 of 164, of the background 164 of 240
  expect(await row(page, 'mean')).toEqual([
    '3',
    '85.0',
    '72.2',
    '−12.8',
    '0.0',
    '16.7',
    '12.5',
    '25.0',
    '93.3',
    '88.9',
    '91.7',
    '83.3',
    '77.9',
    '69.4',
  ])
  expect(await row(page, 'background')).toEqual([
    '2',
    '80.0',
    '100.0',
    '+20.0',
    '20.0',
    '0.0',
    '0.0',
    '0.0',
    '80.0',
    '100.0',
    '100.0',
    '100.0',
    '68.3',
    '100.0',
  ])
  expect(await row(page, 'cat')).toEqual([
    '2',
    '75.0',
    '66.7',
    '−8.3',
    '0.0',
    '33.3',
    '25.0',
    '0.0',
    '100.0',
    '66.7',
    '75.0',
    '100.0',
    '65.5',
    '66.7',
  ])
  expect(await row(page, 'dog')).toEqual([
    '1',
    '100.0',
    '50.0',
    '−50.0',
    '0.0',
    '0.0',
    '0.0',
    '50.0',
    '100.0',
    '100.0',
    '100.0',
    '50.0',
    '100.0',
    '41.5',
  ])
  expect((await row(page, hostile)).slice(0, 4)).toEqual(['0', '–', '–', '–'])
  await page.getByRole('button', { name: 'B: Comparable' }).waitFor()

  await table(page).getByRole('columnheader', { name: 'B' }).nth(1).getByRole('button').click()
  await expect.poll(() => names(page)).toEqual(['mean', 'background', 'cat', 'dog', hostile])
  await table(page).getByRole('rowheader', { name: 'cat' }).click()
  await page.getByText('100.0 % wrong').waitFor()
  await expect.poll(() => photos(page)).toEqual(['photo-1', 'photo-0', 'photo-2'])
  await page.getByLabel('by').selectOption('A')
  await expect.poll(() => photos(page)).toEqual(['photo-0', 'photo-2'])
  expect(errors).toEqual([])
})

test('a photo is compared large: what was gained and lost, by keys, in the address', async () => {
  const { page, errors } = await compare(folder, '?e=1,2&c=1&photo=1')
  const comparison = page.getByRole('region', { name: 'Masks of photo-0 side by side' })
  await comparison.getByText('300 px · 25.0 %').waitFor()
  await expect.poll(() => comparison.getByText(/gained\s*300 px/).count()).toBe(1)
  await page.getByText('photo-1', { exact: true }).first().waitFor()
  await page.keyboard.press('a')
  await page
    .getByRole('region', { name: 'Masks of photo-1 side by side' })
    .getByText(/lost\s*600 px/)
    .waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('photo')).toBe('2')
  const seeds = await page.getByRole('link', { name: 'Open in Seeds' }).getAttribute('href')
  expect(decodeURIComponent(seeds!)).toMatch(/seeds\/2\?run=2&step=masks&b=truth&class=0$/)
  await page.keyboard.press('Escape')
  await table(page).waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('photo')).toBeNull()
  expect(errors).toEqual([])
})

test('photo by photo: the masks that differ most first, side by side and under a wipe', async () => {
  const { page, errors } = await compare(folder, '?e=1,2')
  await page.getByRole('button', { name: 'Photo by photo' }).click()
  // 600 pixels of photo 1 differ, 300 of photo 0, none of photo 2.
  await page.getByRole('region', { name: 'Masks of photo-1 side by side' }).waitFor()
  await page.getByText('photo-0', { exact: true }).first().waitFor()
  await expect.poll(() => photos(page)).toEqual(['photo-1', 'photo-0', 'photo-2'])
  await page.keyboard.press('w')
  const divider = page.getByRole('slider', { name: 'Wipe between the two masks' })
  await divider.waitFor()
  await divider.press('End')
  await expect.poll(() => divider.getAttribute('aria-valuetext')).toContain('100 % A masks · run 1')
  const review = await page.getByRole('link', { name: 'Correct' }).getAttribute('href')
  expect(decodeURIComponent(review!)).toMatch(/review\/2\?order=name&states=all&source=2:masks$/)
  await page.keyboard.press('d')
  await page.getByRole('region', { name: 'Masks of photo-0 side by side' }).waitFor()
  await page.keyboard.press('Escape')
  await page.getByRole('tab', { name: 'Corrections' }).click()
  await page.getByText('These masks were not measured with corrections yet').waitFor()
  expect(errors).toEqual([])
})

test('the long tail names the partner, the confusion its cells, and the recipe what differs', async () => {
  const { page, errors } = await compare(folder, '?e=1,2&tab=tail&sort=area')
  await table(page).getByRole('rowheader', { name: 'dog' }).waitFor()
  expect(await names(page)).toEqual(['dog', 'cat', hostile])
  // part, labelled, photos, IoU, change, area, FP, FN, mixed up, with: 600 pixels of dog's 1200 and of cat's 1800
  expect(await row(page, 'dog')).toEqual(['mid', '1', '1', '50.0', '−50.0', '0.50', '0.0', '50.0', '50.0', 'cat'])
  expect(await row(page, 'cat')).toEqual(['head', '2', '2', '66.7', '−8.3', '1.50', '33.3', '0.0', '33.3', 'dog'])
  await page.getByRole('tab', { name: 'Confusion' }).click()
  await page.getByRole('button', { name: /dog → cat/ }).click()
  await page.getByText('50.0 % wrong').waitFor()
  await expect.poll(() => photos(page)).toEqual(['photo-1'])
  await expect.poll(() => new URL(page.url()).searchParams.get('c')).toBe('2-1')
  await page.getByRole('tab', { name: 'Recipe' }).click()
  const recipe = page.getByRole('table', { name: 'What differs between the recipes' })
  expect((await recipe.getByRole('row', { name: /^threshold 0\.5/ }).innerText()).trim().split(/\s+/)).toEqual([
    'threshold',
    '0.5',
    '0.3',
  ])
  await page.goBack()
  await page.getByRole('tab', { name: 'Confusion', selected: true }).waitFor()
  expect(errors).toEqual([])
})

test('figures of different photos wear a badge that says so', async () => {
  const { page } = await compare(folder, '?e=1,3')
  await page.getByRole('button', { name: 'B: Not comparable' }).click()
  await page.getByText('They were measured on different photos: 3 of split all and 2 of split all.').waitFor()
})

test('the table leaves as CSV and Markdown, and other rules change it in place', async () => {
  const { page } = await compare(folder, '?e=1')
  await table(page).getByRole('rowheader', { name: 'cat' }).waitFor()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Save the table as CSV' }).click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8').split('\r\n')
  expect(lines[0]).toBe(
    '\uFEFFclass,photos,IoU % masks · run 1,FP % masks · run 1,FN % masks · run 1,precision % masks · run 1,recall % masks · run 1,boundary IoU % masks · run 1',
  )
  expect(lines.slice(1)).toEqual([
    'cat,2,75,0,25,100,75,65.45',
    'dog,1,100,0,0,100,100,100',
    `${hostile},0,,,,,,`,
    'mean,3,85,0,12.5,93.33,91.67,77.93',
    'background,2,80,20,0,80,100,68.33',
    '',
  ])
  await page.getByRole('button', { name: 'Copy the table as Markdown' }).click()
  await page.getByText('The table is in the clipboard').waitFor()
  expect(await page.evaluate<string>('navigator.clipboard.readText()')).toContain(
    '| cat | 2 | 75 | 0 | 25 | 100 | 75 | 65.45 |',
  )
  await page.getByLabel('What FP and FN are shares of').selectOption('seam')
  await expect.poll(() => row(page, 'cat')).toEqual(['2', '75.0', '0.0', '33.3', '100.0', '75.0', '65.5'])
  await expect.poll(() => new URL(page.url()).searchParams.get('rates')).toBe('seam')
})

test('steps are measured on a part of the photos, which then says so', async () => {
  const { page, errors } = await compare(folder, '?e=1')
  await page.getByRole('combobox', { name: 'Measure on' }).fill('dog')
  await page.getByRole('option', { name: 'With dog' }).click()
  await page.waitForURL(/on=class-1/)
  await page.getByRole('button', { name: 'Measure masks of run 2' }).click()
  await page.getByText('run 2 mixed · With dog').waitFor()
  await page.getByRole('checkbox', { name: 'Compare masks · run 2' }).first().check()
  await page.getByRole('button', { name: 'B: Not comparable' }).waitFor()
  expect((await row(page, 'dog'))[2]).toBe('50.0')
  expect(errors).toEqual([])
})

test('200 classes scroll, sort and are mapped; an evaluation that is not there is said', async () => {
  const many = Array.from({ length: 200 }, (_, place) => `class ${place + 1}`)
  const stripes = Array.from({ length: 5 }, (_, photo): Stripes =>
    Array.from({ length: 40 }, (_, column) => [1, photo * 40 + column + 1] as const),
  )
  const masks = stripes.map((photo): Stripes => photo.map(([columns, label]) => [columns, label === 200 ? 1 : label]))
  const project = await measuredProject(many, stripes, [{ name: 'many', threshold: 0.5, masks }])
  const { page, errors, address } = await compare(project)
  await page.getByRole('button', { name: 'Measure all 1' }).first().click()
  await page.waitForURL(/[?&]e=1$/)
  await page.goto(`${address}?e=1&sort=iou:1`)
  await table(page).getByRole('rowheader', { name: 'class 200', exact: true }).waitFor()
  expect((await names(page)).slice(2, 5)).toEqual(['class 200', 'class 1', 'class 2'])
  expect(await table(page).getByRole('row').count()).toBeLessThan(80)
  await table(page).getByRole('row', { name: 'class 200', exact: false }).first().focus()
  for (let i = 0; i < 30; i++) await page.keyboard.press('PageDown')
  await table(page).getByRole('rowheader', { name: 'class 199', exact: true }).waitFor()
  await page.getByRole('tab', { name: 'Confusion' }).click()
  await page.getByRole('button', { name: /class 200 → class 1/ }).waitFor()
  await page.locator('canvas').first().waitFor()
  await page.goto(`${address}?e=99`)
  await page.getByText('There is no evaluation 99 in this project').waitFor()
  // The refused request is the browser's own line.
  expect(errors.filter(error => !error.includes('Failed to load resource'))).toEqual([])
})
