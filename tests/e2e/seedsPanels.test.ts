import { execFileSync } from 'node:child_process'
import { closeSync, constants, openSync, realpathSync, writeFileSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { encodeCamDictionary } from '../../src/main/artifacts/camDictionary'
import { openPage } from '../helpers/browser'
import { maskwright } from '../helpers/cli'
import { mapsProject } from '../helpers/mapsProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { toyProject } from '../helpers/toyProject'

let toy: string
let served: ServedWorkbench
beforeAll(async () => {
  toy = await projectWithRun()
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [realpathSync(tmpdir())] })
})
afterAll(async () => {
  await served.stop()
})

/** The Seeds screen of a project's first photo, served from its folder. */
async function openSeeds(folder: string, query: string): Promise<{ page: Page; errors: readonly string[] }> {
  const address = await served.open(folder)
  const { page, errors } = await openPage()
  await page.goto(`${address}/seeds/1?${query}`)
  return { page, errors }
}

/** A picture of the stage that does not change any more: photo and map come one after the other. */
async function settled(stage: Locator): Promise<Buffer> {
  let last = await stage.screenshot()
  for (;;) {
    await stage.page().waitForTimeout(300)
    const next = await stage.screenshot()
    if (next.equals(last)) return next
    last = next
  }
}

/** A finished run of LPCAM on the toy scenes: the real engine, one small scale, no folds. */
async function projectWithRun(): Promise<string> {
  const { folder } = await toyProject()
  const quick = ['classifier.longestSide=96', 'classifier.folds=0', 'cam.preset=one-scale', 'lpcam.scales=[1]']
  const run = [...quick, 'lpcam.clusters=3', 'lpcam.muForeground=0'].flatMap(setting => ['--set', setting])
  expect(await maskwright(['run', 'lpcam', ...run, '--project', folder])).toMatchObject({ code: 0 })
  return folder
}

test('the lab sweeps, and its curve moves the threshold of the photo', async () => {
  const { page, errors } = await openSeeds(toy, 'run=1&step=lpcam&below=lab&truth=1')
  await page.getByText('8 photos, 8 with truth').waitFor()
  await page.getByLabel('What the masks are measured against').selectOption('corrections')
  await page.waitForURL(/truth=1.*labtruth=corrections/) // photos with ground truth, as before
  await page.goBack()
  await page.getByRole('button', { name: /^Best [01]\.\d\d: mIoU/ }).waitFor()

  const figures = page.getByRole('region', { name: 'Threshold lab' }).getByRole('table')
  await figures.getByRole('button', { name: /^FN/ }).click()
  await page.waitForURL(/labsort=-falseNegative/)
  await page.reload()
  await figures.locator('th[aria-sort=descending]').getByText('FN').waitFor()

  const curve = page.getByRole('slider', { name: /IoU against the threshold/ })
  await curve.locator('canvas').first().waitFor()
  const { x, y, width, height } = (await curve.boundingBox())!
  await page.mouse.click(x + 40 + (width - 52) / 4, y + height / 2) // a quarter of the plane between its margins
  await page.waitForURL(/[?&]t=0\.25/)
  await expect.poll(() => page.getByRole('spinbutton', { name: 'Threshold' }).inputValue()).toBe('0.25')
  await curve.press('ArrowRight')
  await page.waitForURL(/[?&]t=0\.26/)
  await page.getByRole('link', { name: 'Use 0.26 in a new run' }).click()
  await page.getByText('4 of 5 steps are taken over from run 1, made of the same.').waitFor()
  const masks = page.getByRole('region', { name: 'lpcam-masks' })
  await expect.poll(() => masks.getByRole('combobox', { name: 'threshold' }).inputValue()).toBe('0.26')
  await page.getByRole('checkbox', { name: 'Compute every step anew' }).check()
  await page.getByText('taken over from run 1').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
})

test('a prototype that is switched off changes the map on the screen, and the new maps are made in a new run', async () => {
  const { page, errors } = await openSeeds(toy, 'run=1&step=lpcam')
  const stage = page.locator('canvas').first()
  const first = page.getByRole('checkbox', { name: 'Prototype f1 in the map' })
  await first.waitFor()
  const before = await settled(stage)
  await first.uncheck()
  await page.waitForURL(/switch=1\/lpcam:0-f1/)
  await expect.poll(async () => (await stage.screenshot()).equals(before), { timeout: 30_000 }).toBe(false)
  await first.check()
  await expect.poll(async () => (await stage.screenshot()).equals(before)).toBe(true)
  await first.uncheck()
  await page.waitForURL(/switch=1\/lpcam:0-f1/)
  await page.getByRole('region', { name: 'Prototypes of red' }).getByRole('link', { name: 'Use in a new run' }).click()
  await page.getByText('3 of 5 steps are taken over from run 1, made of the same.').waitFor()
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await page.waitForURL(/\/runs\/2$/)
  await page.locator('[data-test=run-state]').getByText('done', { exact: true }).waitFor({ timeout: 60_000 })
  await expect.poll(() => page.getByRole('list', { name: 'Steps' }).getByText('of run 1').count()).toBe(3)
  await page.getByText('prototypes of 1/lpcam, not clustered again').waitFor()
  await page.getByText('switched off by hand: red/f1').waitFor()
  expect(errors).toEqual([])
})

test('without truth the lab shows the proxies, and says that they measure no quality', async () => {
  const size = { width: 96, height: 72 }
  const maps = {
    keys: Int32Array.of(0),
    width: 24,
    height: 18,
    maps: new Float32Array(432).map((_, i) => (i % 24) / 23),
  }
  const hostile = '<img src=x onerror=alert(1)>'
  const { project } = await mapsProject([hostile, 'dog'], size, [{ stem: 'a', labels: [0], maps }, { stem: 'b', labels: [1] }]) // prettier-ignore
  project.close()
  const { page, errors } = await openSeeds(project.folder, 'below=lab')
  await page.getByText('None of these photos has ground truth').waitFor()
  await page.getByText('1 photo, 0 with truth').waitFor()
  await page.getByRole('slider', { name: /Proxies against the threshold/ }).waitFor()
  await page.getByText(/^Now 0\.30: \d+\.\d\s% foreground$/).waitFor()
  expect(errors).toEqual([])
})

test('a lab opened while a run makes its maps says so, and measures them when the step is done', async () => {
  const size = { width: 96, height: 72 }
  const { project } = await mapsProject(['cat', 'dog'], size, [
    { stem: 'a', labels: [0] },
    { stem: 'b', labels: [1] },
  ])
  project.close()
  const folder = temporaryFolder()
  const exported = (key: number) => {
    const grid = { keys: Int32Array.of(key), width: 24, height: 18, maps: new Float32Array(432).fill(0.5) }
    return encodeCamDictionary({ ...grid, photoWidth: size.width, photoHeight: size.height })
  }
  writeFileSync(join(folder, 'a.npy'), exported(0))
  const held = join(folder, 'b.npy')
  execFileSync('mkfifo', [held]) // the run waits in it until somebody writes there
  onTestFinished(() => closeSync(openSync(held, constants.O_RDWR | constants.O_NONBLOCK))) // or until it is closed
  const address = await served.open(project.folder)
  const { page, errors } = await openPage()
  const steps = [
    { method: 'import', options: { folder } },
    { method: 'threshold', options: { threshold: 0.3 } },
  ]
  const data = { project: new URL(address).pathname.split('/').at(-1), recipe: { title: 'Held', steps }, seed: 1 }
  await page.goto(`${address}/seeds/1?run=2&step=import&below=lab`)
  await page.getByText('There is no Run 2 · import of this photo.').waitFor()
  expect((await page.request.post(`${served.origin}/api/runs.start`, { data })).status()).toBe(200)
  await page.getByText('The maps are still being made').waitFor() // the first map has come, the second has not
  await writeFile(held, exported(1))
  await page.getByText('2 photos, 0 with truth').waitFor()
  await page.getByText('The maps are still being made').waitFor({ state: 'detached' })
  await page.getByText('Now 0.30: 100.0 % foreground').waitFor()
  expect(errors).toEqual([])
})
