import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage } from '../helpers/browser'
import { RunsScreen } from '../helpers/runsScreen'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

/**
 * A first hour with the program, on real photos: from an empty window to two methods compared. Two dozen photos and
 * coarse maps keep it short. The photos' licences keep them out of the project: where the folder beside the checkout is
 * absent, this test is skipped and says so.
 */
const data = resolve('../shared/data/voc-animals')
const present = existsSync(data)
if (!present) console.warn(`the window on real photos is skipped: no photos at ${data}`)

/** Every eighteenth of the official list: the six animals of the figures are all among them. */
function list(): string {
  const stems = readdirSync(join(data, 'SegmentationClass')).map(file => file.replace('.png', ''))
  const file = join(temporaryFolder(), 'some.txt')
  const chosen = stems.sort().filter((_, i) => i % 18 === 0)
  writeFileSync(file, chosen.join('\n'))
  return file
}

const animals = ['cat', 'dog', 'horse']
/** Seconds of a training that is watched, and maps of one coarse scale. */
const training = {
  ...{ longestSide: '160', epochs: '7', batch: '8', crop: '96', resizeLong: '112, 160' },
  learningRate: '0.01', // the papers' 0.1 is for crops of 512 pixels: three dozen small steps would lose the features
}

test.skipIf(!present)(
  'a new project, its import, a run that is watched from two tabs, its maps, and what they are worth',
  async () => {
    const home = temporaryFolder()
    const split = list()
    const served = await serveWorkbench({ stateFolder: home, roots: [home, data, resolve(split, '..')] })
    const { page, errors } = await openPage()
    await page.goto(served.address)
    const key = await importAnimals(page, { home, split })
    const second = await openPage()
    const screens = [page, second.page].map(each => new RunsScreen(each, `${served.origin}/p/${key}/runs`))
    await runLpcam(screens[0]!, screens[1]!)
    await lookAtMaps(page, `${served.origin}/p/${key}/seeds`)
    await compareBoth(page, `${served.origin}/p/${key}/compare`)
    expect([...errors, ...second.errors]).toEqual([])
    await served.stop()
  },
  480_000,
)

/** Through the stepper. @returns the project's key */
async function importAnimals(page: Page, { home, split }: { home: string; split: string }): Promise<string> {
  await page.getByText('Start from your photos').click()
  await page.getByLabel('Name of the project').fill('animals')
  await page.getByLabel('In the folder').fill(home)
  await page.getByText(`Will be made: ${join(home, 'animals')}`).waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('textbox', { name: 'Dataset' }).fill(data)
  await page.getByText('Looks like PASCAL VOC').waitFor()
  await page.getByRole('button', { name: 'Next' }).click()
  await page.getByRole('button', { name: 'Import 437 photos' }).waitFor()
  await page.getByText('Where things lie').click()
  await page.getByLabel('Only the photos of this list (file)').fill(split)
  await page.getByLabel('Only the photos of this list (file)').blur()
  await page.getByRole('button', { name: 'Import 25 photos' }).waitFor()
  await page.getByRole('button', { name: 'None', exact: true }).click()
  for (const name of animals) await page.getByRole('checkbox', { name: `Take the class ${name}` }).click()
  await page.getByRole('button', { name: 'Import 25 photos' }).click()
  await page.getByRole('link', { name: 'Go to the dataset' }).click()
  await page.waitForURL(/\/dataset/)
  await expect.poll(() => page.getByRole('status', { name: 'Photos shown' }).textContent()).toBe('25 photos')
  return /\/p\/(\w+)\//.exec(page.url())![1]!
}

async function runLpcam(first: RunsScreen, second: RunsScreen): Promise<void> {
  await first.page.goto(`${first.address}?recipe=lpcam`)
  await second.page.goto(first.address)
  await second.page.getByText('No run yet').waitFor()
  await first.fineTune(training)
  await first.step('cam').getByRole('button', { name: 'preset' }).click()
  await first.page.getByText('one-scale', { exact: true }).click()
  await first.showAll('lpcam')
  for (const [name, value] of Object.entries({ clusters: '4', scales: '1', tau: '0.1', muForeground: '0.3' }))
    await first.set('lpcam', name, value)
  await first.start()
  await first.page.waitForURL(/\/runs\/1$/)

  const curve = first.page.locator('[data-test=loss-curve] canvas').first()
  await first.becomes('running')
  await second.becomes('running')
  await curve.waitFor()
  await first.lossGrows()
  await changes(curve, await curve.screenshot())
  const points = await first.lossPoints()
  await first.page.reload()
  await curve.waitFor()
  await expect.poll(() => first.lossPoints()).toBeGreaterThanOrEqual(points)
  await expect.poll(() => first.option('classifier', 'epochs').inputValue()).toBe(training.epochs)
  for (const screen of [first, second]) await screen.becomes('done', 240_000)
}

async function lookAtMaps(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.waitForURL(/\/seeds\/\d+/)
  const stage = page.getByRole('application')
  const canvas = page.locator('[role=application] canvas').first()
  const inTheMap = page.getByRole('checkbox', { name: /^Prototype f\d+ in the map$/, checked: true, disabled: false })
  await inTheMap.first().waitFor()
  const first = page.getByRole('checkbox', { name: (await inTheMap.first().getAttribute('aria-label'))! })
  await page.getByText('1 of 25').waitFor()

  const withIt = await settled(canvas)
  await first.uncheck()
  await page.waitForURL(/switch=/)
  await changes(canvas, withIt)
  await first.check()
  await expect.poll(async () => (await canvas.screenshot()).equals(withIt), { timeout: 20_000 }).toBe(true)

  await stage.focus()
  await page.keyboard.press('m')
  await page.waitForURL(/show=mask/)
  const mask = await settled(canvas)
  for (let press = 0; press < 12; press++) await page.keyboard.press('=')
  await page.waitForURL(/[?&]t=0\.\d\d/)
  await changes(canvas, mask)

  await page.getByRole('tab', { name: 'Threshold lab' }).click()
  await page.getByRole('button', { name: /^Best [01]\.\d\d: mIoU \d/ }).waitFor()
}

async function compareBoth(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('button', { name: 'Measure all 2' }).first().click()
  await page.waitForURL(/[?&]e=\d+,\d+/)
  const mean = page.getByRole('rowheader', { name: 'mean', exact: true }).locator('xpath=..')
  await mean.waitFor()
  const [photos, ...figures] = (await mean.getByRole('cell').allInnerTexts()).map(text => text.trim())
  expect(photos).toBe('25')
  expect(Number(figures[0])).toBeGreaterThan(20) // chance would be at the background's IoU over four classes
  await page.getByRole('button', { name: /^B: Comparable/ }).waitFor()
}

/** A picture that does not change any more. */
async function settled(canvas: Locator): Promise<Buffer> {
  let last = await canvas.screenshot()
  for (;;) {
    await canvas.page().waitForTimeout(300)
    const next = await canvas.screenshot()
    if (next.equals(last)) return next
    last = next
  }
}

function changes(canvas: Locator, from: Buffer): Promise<void> {
  return expect.poll(async () => (await canvas.screenshot()).equals(from), { timeout: 30_000 }).toBe(false)
}
