import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { projectKey } from '../../src/main/host/projectKey'
import { openPage } from '../helpers/browser'
import { RunsScreen } from '../helpers/runsScreen'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { toyProject } from '../helpers/toyProject'

let page: Page
let served: ServedWorkbench
let screen: RunsScreen

const waitMs = 60_000
const lifeMs = 300_000

/** Opens the window on a new project of toy scenes. @returns what goes wrong in the page */
async function open(): Promise<readonly string[]> {
  const { folder: project } = await toyProject()
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [project], project })
  const opened = await openPage()
  page = opened.page
  screen = new RunsScreen(page, `${served.origin}/p/${projectKey(project)}/runs`)
  await page.goto(`${screen.address}?recipe=cam`)
  await page.getByText('No run yet').waitFor()
  return opened.errors
}

const option = (name: string) => screen.option('classifier', name)
const button = (name: string) => screen.button(name)
const becomes = (state: string) => screen.becomes(state)
const lossGrows = () => screen.lossGrows()

test('the form marks what differs, says what is wrong at its field, and estimates the run', async () => {
  const errors = await open()
  await screen.set('classifier', 'longestSide', '9')
  await page.getByText('classifier.longestSide must be ≥ 32, got 9.').waitFor()
  await expect.poll(() => button('Start').isDisabled()).toBe(true)
  await page.getByText('1 change').waitFor()
  await button('Set longestSide back to its default').click()
  await expect.poll(() => option('longestSide').inputValue()).toBe('320')
  await page.getByText(/^likely/).waitFor()
  await expect.poll(() => button('Start').isEnabled(), { timeout: waitMs }).toBe(true)
  await option('longestSide').fill('96')
  await option('longestSide').press('Enter') // finishes the number and starts nothing
  await page.getByText('1 change').waitFor()
  await button('Set longestSide back to its default').click()
  await expect.poll(() => option('longestSide').inputValue()).toBe('320')
  await page.getByText('No run yet').waitFor()
  await page.reload()
  await option('longestSide').waitFor()
  expect(errors).toEqual([])
  await served.stop()
}, 120_000)

test('another recipe in place of a changed one, a preset and a removed step can be taken back', async () => {
  const errors = await open()
  const undo = button('Take back the last change of the recipe')
  await screen.set('classifier', 'longestSide', '96')
  await page.getByRole('combobox', { name: 'Recipe' }).click({ force: true })
  await page.getByRole('option', { name: 'LPCAM', exact: true }).click()
  await screen.step('lpcam').waitFor()
  await page.getByText('1 change').waitFor({ state: 'detached' })
  await undo.click()
  await screen.step('lpcam').waitFor({ state: 'detached' })
  await page.getByText('1 change').waitFor()
  await button('Remove the step cam-masks').click()
  await screen.step('cam-masks').waitFor({ state: 'detached' })
  await page.getByRole('heading', { name: 'classifier' }).click()
  await page.keyboard.press('Control+z')
  await screen.step('cam-masks').waitFor()
  await button('Make the change of the recipe again').click()
  await screen.step('cam-masks').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
  await served.stop()
}, 120_000)

test('a failed estimate can be tried again, a new one follows the labels, and a seed out of bounds starts nothing', async () => {
  const errors = await open()
  await expect.poll(() => button('Start').isEnabled(), { timeout: waitMs }).toBe(true)
  const estimate = /recipes\.estimate/
  await page.route(estimate, route => route.abort())
  await screen.set('classifier', 'longestSide', '96')
  await page.getByRole('alert').getByText('Maskwright does not answer').waitFor()
  expect(await button('Start').isDisabled()).toBe(true)
  await page.unroute(estimate)
  await button('Try again').click()
  await expect.poll(() => button('Start').isEnabled(), { timeout: waitMs }).toBe(true)

  for (const place of [0, 1]) await setLabel(place, 'absent')
  await page.getByRole('alert').getByText('has 8 photos and no label').waitFor()
  expect(await button('Start').isDisabled()).toBe(true)
  await setLabel(0, 'present')
  await expect.poll(() => button('Start').isEnabled(), { timeout: waitMs }).toBe(true)

  const seed = page.getByRole('textbox', { name: 'Seed' })
  for (const wrong of ['abc', '9999999999', '-1', '']) {
    await seed.fill(wrong)
    await seed.blur()
    await page.getByRole('alert').getByText('The seed must be a whole number from 0 to 2147483647.').waitFor()
    expect([await seed.inputValue(), await button('Start').isDisabled()]).toEqual([wrong, true])
  }
  await seed.fill('2147483647')
  await seed.blur()
  await expect.poll(() => button('Start').isEnabled(), { timeout: waitMs }).toBe(true)
  expect(errors.filter(error => !error.includes('ERR_FAILED'))).toEqual([])
  await served.stop()
}, 180_000)

/** Says of all photos whether they show a class, as another tab does. */
async function setLabel(place: number, state: 'present' | 'absent'): Promise<void> {
  const project = new URL(screen.address).pathname.split('/').at(-2)
  const data = { project, photos: { filter: {}, except: [] }, place, state }
  expect((await page.request.post(`${served.origin}/api/labels.set`, { data })).ok()).toBe(true)
}

test(
  'a run lives: its curve moves, a reload shows the same, it rests, stops, goes on, is duplicated, renamed and deleted',
  async () => {
    const errors = await open()
    await screen.fineTune()
    await page.getByText('6 changes').waitFor()
    await button('Start').click()
    await page.waitForURL(/\/runs\/1$/)
    await becomes('running')
    await page.locator('[data-test=loss-curve] canvas').waitFor()
    await lossGrows()

    const name = page.getByRole('textbox', { name: 'Rename' })
    await name.fill('a better')
    await lossGrows() // and the line with it
    await name.press('End')
    await name.pressSequentially(' name')
    await name.press('Enter')
    await page.getByRole('link', { name: '1 a better name' }).waitFor()

    await page.reload()
    await becomes('running')
    await page.locator('[data-test=loss-curve] canvas').waitFor()
    await expect.poll(() => name.inputValue()).toBe('a better name')
    await expect.poll(() => option('epochs').inputValue()).toBe('1000')

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

    await page.goto(`${screen.address}/1?duplicate=1&set=classifier.weights%3D%2Fno%2Fsuch%2Ffile.pth`)
    await page.waitForURL(`${screen.address}/1`)
    await expect.poll(() => option('epochs').inputValue()).toBe('1000')
    await expect.poll(() => option('weights').inputValue()).toBe('/no/such/file.pth')
    await button('Start').click()
    await page.waitForURL(/\/runs\/2$/)
    await becomes('failed')
    const failure = page.getByRole('alert').filter({ hasText: 'The run failed in step classifier' })
    expect(await failure.innerText()).toContain('/no/such/file.pth')
    expect(await failure.innerText()).toContain('What to do')

    await name.fill('<img src=x onerror=alert(1)>')
    await name.press('Enter')
    await page.getByRole('link', { name: /<img src=x/ }).waitFor()
    const keep = button('Keep it').and(page.locator(':focus'))
    for (const answer of [keep, page.getByRole('dialog').getByRole('button', { name: 'Delete' })]) {
      await button('Delete').click()
      await page.getByText('This cannot be undone.').waitFor()
      await keep.waitFor() // each time that it opens
      await answer.press('Enter')
      await page.getByRole('dialog').waitFor({ state: 'detached' })
    }
    await page.getByText('1 run', { exact: true }).waitFor()
    expect(errors).toEqual([])
    await served.stop()
  },
  lifeMs,
)
