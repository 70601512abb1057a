import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { decodeLabelPng } from '../../src/main/media/labelPng'
import { projectKey } from '../../src/main/host/projectKey'
import type { ReviewPhoto } from '../../src/shared/contract/review'
import { openPage } from '../helpers/browser'
import { seedsProject, type SeedsProject } from '../helpers/seedsProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

/** CSS px around the photo where it is fitted. */
const margin = 12
const [width, height] = [96, 72]
const image = 1
type Point = readonly [x: number, y: number]

let toy: SeedsProject
let served: ServedWorkbench
let page: Page
let errors: readonly string[]
beforeAll(async () => {
  toy = await seedsProject(2)
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [toy.folder], project: toy.folder })
  ;({ page, errors } = await openPage())
  await page.goto(`${served.origin}/p/${projectKey(toy.folder)}/review/${image}?order=name&states=all`)
  await page.getByRole('application').waitFor()
  await page.getByTestId('position').filter({ hasText: ' of ' }).waitFor()
  await page.getByRole('application').focus()
})
afterAll(async () => {
  await served.stop()
})

async function stored(): Promise<ReviewPhoto> {
  const input = encodeURIComponent(JSON.stringify({ project: projectKey(toy.folder), image }))
  const address = `${served.origin}/api/review.photo?input=${input}`
  const response = await fetch(address, { headers: { cookie: served.cookie } })
  return ((await response.json()) as { result: { data: ReviewPhoto } }).result.data
}

/** The labels of the stored mask. */
async function storedLabels(): Promise<(at: Point) => number> {
  const { blob } = (await stored()).mask
  const address = `${served.origin}/bytes/${projectKey(toy.folder)}/blobs/${blob}`
  const response = await fetch(address, { headers: { cookie: served.cookie } })
  const { labels } = decodeLabelPng(new Uint8Array(await response.arrayBuffer()), 'mask')
  return ([x, y]) => labels[y * width + x]!
}

/** Where a pixel of the photo is on the screen, px. */
async function onScreen([x, y]: Point): Promise<Point> {
  const box = (await page.getByRole('application').boundingBox())!
  const zoom = Math.min((box.width - 2 * margin) / width, (box.height - 2 * margin) / height)
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const
  return [middle[0] + (x + 0.5 - width / 2) * zoom, middle[1] + (y + 0.5 - height / 2) * zoom]
}

async function hover(at: Point): Promise<void> {
  await page.mouse.move(...(await onScreen(at)))
  await page
    .getByTestId('reading')
    .filter({ hasText: `x ${at[0]} · y ${at[1]}` })
    .waitFor()
}

async function stroke(from: Point, to = from): Promise<void> {
  await hover(from)
  await page.mouse.down()
  if (to !== from) await hover(to)
  await page.mouse.up()
}

/** Presses keys one after the other. */
async function keys(...presses: readonly string[]): Promise<void> {
  for (const press of presses) await page.keyboard.press(press)
}

const allSaved = (strokes: number) =>
  expect.poll(async () => (await stored()).journal).toMatchObject({ position: strokes, last: strokes, saved: strokes })

test('every tool is taken by its key, and changes the pixels that it should, in one step each', async () => {
  const before = await storedLabels()
  await keys('2', 'f')
  await stroke([84, 10])
  await keys('1', 'b', ...Array.from({ length: 10 }, () => '['), 'g') // a brush of 8 px
  await stroke([92, 36])
  const cut = page.waitForResponse(/superpixels/)
  await keys('s')
  await cut
  await page.getByText('Cutting the photo into superpixels').waitFor({ state: 'hidden' })
  await stroke([60, 44])
  await keys('2', 'b')
  await stroke([46, 28], [54, 28])
  await keys('e')
  await stroke([68, 8])
  await keys('v')
  await stroke([84, 24])
  await keys('p')
  for (const corner of [
    [2, 42],
    [18, 42],
    [8, 60],
  ] as const)
    await stroke(corner)
  await keys('Enter', '1', 'Shift+P')
  for (const corner of [
    [20, 42],
    [34, 42],
    [27, 56],
  ] as const)
    await stroke(corner)
  await keys('Enter', '2', 'w')
  await stroke([30, 14])
  await keys('1')
  await keys('t')
  await page
    .getByTestId('reading')
    .filter({ hasText: /0\.\d\d/ })
    .waitFor()
  await stroke([44, 66], [92, 68])
  await keys('Shift+F')
  await stroke([8, 46])
  await hover([84, 24])
  await keys('Control+c')
  await page.getByText('void is copied').waitFor()
  await keys('Control+v')
  await stroke([84, 24], [60, 58])

  await allSaved(12)
  const after = await storedLabels()
  const changed = (at: Point) => [before(at), after(at)]
  expect({
    fill: changed([61, 16]),
    grow: changed([92, 36]),
    brush: changed([50, 28]),
    eraser: changed([68, 8]),
    void: changed([84, 24]),
    polygon: changed([14, 43]),
    subtracted: changed([27, 46]),
    wand: changed([12, 30]),
    superpixel: changed([60, 44]),
    scored: changed([44, 66]),
    notScored: changed([92, 68]),
    replaced: changed([8, 46]),
    pasted: changed([60, 58]),
  }).toEqual({
    fill: [0, 2],
    grow: [2, 1],
    brush: [1, 2],
    eraser: [0, 0],
    void: [0, 255],
    polygon: [1, 2],
    subtracted: [1, 0],
    wand: [1, 2],
    superpixel: [2, 1],
    scored: [2, 1],
    notScored: [2, 2],
    replaced: [1, 1],
    pasted: [2, 255],
  })
  expect(errors).toEqual([])
}, 120_000)

test('locks hold, Esc takes a stroke back, a class is picked and found, layers are walked through and hidden', async () => {
  await keys('2', 'l', 'b')
  await stroke([86, 10])
  await page.getByText('This class is locked').waitFor()
  await keys('l', 'Shift+L')
  await stroke([84, 24]) // void is among the others
  await keys('Shift+L')
  await hover([86, 10])
  await page.mouse.down()
  await hover([92, 10])
  await keys('Escape')
  await page.mouse.up()
  await keys('i')
  await stroke([60, 58])
  await page.getByRole('radio', { name: 'void', checked: true }).waitFor()
  await keys('/')
  await page.getByLabel('Search a class').fill('re')
  await keys('Enter')
  await page.getByRole('radio', { name: 'red', checked: true }).waitFor()
  expect((await stored()).journal).toMatchObject({ last: 12 })

  const shown = (layer: string) => page.locator('.v-select').filter({ hasText: layer }).first().waitFor()
  await keys('q')
  await shown('Difference to the run’s mask')
  await keys('Shift+Q')
  await shown('Corrected mask')
  const picture = async () => (await page.getByRole('application').screenshot()).toString('base64')
  const withMask = await picture()
  await page.keyboard.down('h')
  await expect.poll(picture).not.toBe(withMask)
  await page.keyboard.up('h')
  await expect.poll(picture).toBe(withMask)
  expect(errors).toEqual([])
}, 120_000)

test('a right click means one part: what is done to it leaves the others', async () => {
  await page.mouse.click(...(await onScreen([84, 24])), { button: 'right' })
  const menu = page.getByRole('group', { name: 'This part of void' })
  await menu.locator('.v-select').click()
  await page.getByRole('option', { name: 'background' }).click()
  await menu.getByRole('button', { name: 'Replace' }).click()
  await allSaved(13)
  const labels = await storedLabels()
  expect([labels([84, 24]), labels([60, 58])]).toEqual([0, 255])
}, 60_000)

test('a label that is corrected here is the photo’s; a version is compared and restored; the other window’s mask is taken', async () => {
  await page.getByRole('button', { name: 'blue is not in the photo’s labels' }).click()
  await expect
    .poll(async () => (await stored()).labels)
    .toContainEqual(expect.objectContaining({ place: 0, state: 'present' }))

  const made = (await stored()).mask
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'Compare with v0' }).click()
  await page.getByRole('button', { name: 'Compare with v0', pressed: true }).waitFor()
  await page.getByRole('button', { name: 'Restore v0' }).click()
  await page
    .getByTestId('saving')
    .filter({ hasText: `saved · v${made.version + 1}` })
    .waitFor()
  const { mask, journal } = await stored()
  expect(mask).toMatchObject({ blob: made.origin!.blob, edited: false })

  const seen = `version=${mask.version}&revision=${journal.revision}&restart=1`
  const address = `${served.origin}/bytes/${projectKey(toy.folder)}/photos/${image}/mask?${seen}`
  const body = new Uint8Array(width * height).fill(2)
  const put = await fetch(address, { method: 'PUT', headers: { cookie: served.cookie }, body })
  expect(put.status).toBe(200)
  await page.getByRole('application').focus()
  await keys('v')
  await stroke([20, 20])
  await page.getByRole('button', { name: 'Take the other one' }).click()
  await page.getByRole('application').waitFor()
  await hover([20, 20])
  await page.getByTestId('reading').filter({ hasText: 'red' }).waitFor()
  expect((await storedLabels())([20, 20])).toBe(2)
  expect(errors.filter(error => !error.includes('409'))).toEqual([])
}, 120_000)

test('after a choice from a menu the keys mean the photo again', async () => {
  await page.getByRole('tab', { name: 'Layers' }).click()
  const shown = page.locator('.layers .v-select').first()
  await shown.click()
  await page.getByRole('option', { name: 'Difference to the run’s mask' }).click()
  await shown.filter({ hasText: 'Difference to the run’s mask' }).waitFor()
  await keys('e')
  await page.getByRole('button', { name: 'Eraser', pressed: true }).waitFor()
  await keys('Shift+Q')
  await shown.filter({ hasText: 'Corrected mask' }).waitFor()
}, 60_000)

test('what was painted before Review was left is asked about, found as it was and stored', async () => {
  let release: (() => void) | undefined
  const held = new Promise<void>(resolve => (release = resolve))
  const address = new RegExp(`/photos/${image}/(mask|strokes)\\?`)
  await page.route(address, async route => {
    await held
    await route.continue()
  })
  const { last } = (await stored()).journal
  await page.getByRole('application').focus()
  await keys('1', 'b')
  await stroke([30, 60])
  await keys('Alt+3')
  await page.waitForURL(/\/runs/)
  await page.getByRole('contentinfo').getByText('saving', { exact: false }).waitFor()
  const question = page.waitForEvent('dialog')
  await page.close({ runBeforeUnload: true })
  const dialog = await question
  expect(dialog.type()).toBe('beforeunload')
  await dialog.dismiss()

  await page.goBack()
  await page.getByRole('application').focus()
  await hover([30, 60])
  await page.getByTestId('reading').filter({ hasText: 'blue' }).waitFor()
  await stroke([40, 60])
  release!()
  await allSaved(last + 2)
  await page.unroute(address)
  const labels = await storedLabels()
  expect([labels([30, 60]), labels([40, 60])]).toEqual([1, 1])
  expect(errors.filter(error => !error.includes('409'))).toEqual([])
}, 120_000)

test('Enter pastes once and then accepts; the Accept button accepts whatever is in hand', async () => {
  const { last } = (await stored()).journal
  await hover([30, 60])
  await keys('Control+c', 'Control+v', 'Enter')
  const pasted = (await stored()).journal.last
  expect(pasted - last).toBeLessThanOrEqual(1) // where it was nothing changes
  await keys('Enter')
  await expect.poll(async () => (await stored()).mask.state).toBe('edited')
  await keys('a', 'Control+v')
  await page.getByRole('button', { name: /^Unsure/ }).click()
  await expect.poll(async () => (await stored()).mask.state).toBe('unsure')
  await keys('a', 'Control+v')
  await page.getByRole('button', { name: 'Accept Enter' }).click()
  await expect.poll(async () => (await stored()).mask.state).toBe('edited')
}, 120_000)
