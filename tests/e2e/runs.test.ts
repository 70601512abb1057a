import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectKey } from '../../src/main/host/projectKey'
import { launchChromium, openPage } from '../helpers/browser'
import { maskwright } from '../helpers/cli'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { toyScenes } from '../helpers/toyScenes'

let browser: Browser
let page: Page
let served: ServedWorkbench
let screen: string
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

/** Fine-tuning that is never done by itself: small crops, a thousand epochs. */
const training = { longestSide: '96', epochs: '1000', batch: '4', crop: '64', resizeLong: '72, 96' }
const waitMs = 60_000
const lifeMs = 300_000

/** Opens the window on a new project of toy scenes. @returns what goes wrong in the page */
async function open(): Promise<readonly string[]> {
  const folder = temporaryFolder()
  const photos = await toyScenes(8)
  const project = join(folder, 'project')
  await maskwright(['new', project])
  const labels = ['--format', 'csv', '--labels', join(photos, 'labels.csv')]
  const imported = await maskwright(['import', join(photos, 'photos'), ...labels, '--project', project])
  expect(imported.err).not.toContain('error')
  expect(imported.code).toBe(0)
  served = await serveWorkbench({ stateFolder: folder, roots: [folder], project })
  const opened = await openPage(browser)
  page = opened.page
  page.setDefaultTimeout(waitMs)
  screen = `${served.origin}/p/${projectKey(project)}/runs`
  await page.goto(`${screen}?recipe=cam`)
  await page.getByText('No run yet').waitFor()
  return opened.errors
}

const step = (name: string) => page.getByRole('region', { name, exact: true })
const option = (name: string) => step('classifier').getByRole('textbox', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const becomes = (state: string) => page.locator('[data-test=run-state]').getByText(state, { exact: true }).waitFor()

async function set(name: string, value: string): Promise<void> {
  await option(name).fill(value)
  await option(name).press('Tab')
}

async function fineTune(): Promise<void> {
  await step('classifier')
    .getByText(/more options/)
    .click()
  await step('classifier').getByRole('combobox', { name: 'train' }).click({ force: true }) // the kit lays its text over it
  await page.getByRole('option', { name: 'all', exact: true }).click()
  for (const [name, value] of Object.entries(training)) await set(name, value)
}

/** How many points the loss of the run has on the server. */
async function lossPoints(): Promise<number> {
  const input = encodeURIComponent(JSON.stringify({ project: screen.split('/').at(-2), run: 1 }))
  const answer = await page.request.get(`${served.origin}/api/runs.curves?input=${input}`)
  const { result } = (await answer.json()) as { result: { data: { curves: { name: string; stored: number }[] } } }
  return result.data.curves.find(({ name }) => name === 'loss')?.stored ?? 0
}

async function lossGrows(): Promise<void> {
  const before = await lossPoints()
  await expect.poll(lossPoints, { timeout: waitMs }).toBeGreaterThan(before)
}

test('the form marks what differs, says what is wrong at its field, and estimates the run', async () => {
  const errors = await open()
  await set('longestSide', '9')
  await page.getByText('classifier.longestSide must be ≥ 32, got 9.').waitFor()
  expect(await button('Start').isDisabled()).toBe(true)
  await page.getByText('1 change').waitFor()
  await button('Set longestSide back to its default').click()
  expect(await option('longestSide').inputValue()).toBe('320')
  await page.getByText(/^likely/).waitFor()
  await expect.poll(() => button('Start').isEnabled(), { timeout: waitMs }).toBe(true)
  await page.reload()
  await option('longestSide').waitFor()
  expect(errors).toEqual([])
  await served.stop()
}, 120_000)

test(
  'a run lives: its curve moves, a reload shows the same, it rests, stops, goes on, is duplicated, renamed and deleted',
  async () => {
    const errors = await open()
    await fineTune()
    await page.getByText('6 changes').waitFor()
    await button('Start').click()
    await page.waitForURL(/\/runs\/1$/)
    await becomes('running')
    await page.locator('[data-test=loss-curve] canvas').waitFor()
    await lossGrows()

    await page.reload()
    await becomes('running')
    await page.locator('[data-test=loss-curve] canvas').waitFor()
    expect(await page.getByRole('textbox', { name: 'Rename' }).inputValue()).toBe('CAM')
    expect(await option('epochs').inputValue()).toBe('1000')

    await button('Pause').click()
    await becomes('paused')
    await button('Resume').click()
    await becomes('running')
    await lossGrows()
    await button('Stop').click()
    await becomes('stopped')
    const [saved] = await Promise.all([page.waitForEvent('download'), button('Save a report as one HTML page').click()])
    expect(saved.suggestedFilename()).toBe('run-1.html')
    await button('Retry from the last checkpoint').click()
    await becomes('running')
    await lossGrows()
    await button('Stop').click()
    await becomes('stopped')

    await page.goto(`${screen}/1?duplicate=1&set=classifier.weights%3D%2Fno%2Fsuch%2Ffile.pth`)
    await page.waitForURL(`${screen}/1`)
    expect(await option('epochs').inputValue()).toBe('1000')
    expect(await option('weights').inputValue()).toBe('/no/such/file.pth')
    await button('Start').click()
    await page.waitForURL(/\/runs\/2$/)
    await becomes('failed')
    const failure = page.getByRole('alert').filter({ hasText: 'The run failed in step classifier' })
    expect(await failure.innerText()).toContain('/no/such/file.pth')
    expect(await failure.innerText()).toContain('What to do')

    const name = page.getByRole('textbox', { name: 'Rename' })
    await name.fill('<img src=x onerror=alert(1)>')
    await name.press('Enter')
    await page.getByRole('link', { name: /<img src=x/ }).waitFor()
    await button('Delete').click()
    await page.getByText('This cannot be undone.').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await page.getByText('1 run', { exact: true }).waitFor()
    expect(errors).toEqual([])
    await served.stop()
  },
  lifeMs,
)
