import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { openPage } from '../helpers/browser'
import { mapsProject } from '../helpers/mapsProject'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

/** A tab on the engine page, with a project behind it, settings of its own and a variable that wins over them. */
async function openEngine() {
  const folder = temporaryFolder()
  const photos = [0, 1, 0].map((place, i) => ({ stem: `photo-${i}`, labels: [place] }))
  const { project } = await mapsProject(['cat', 'dog'], { width: 40, height: 30 }, photos)
  project.close()
  const config = join(folder, 'config.yaml')
  const { address, stop } = await serveWorkbench({
    stateFolder: folder,
    roots: [folder],
    project: project.folder,
    env: { MASKWRIGHT_CONFIG: config, MASKWRIGHT_CACHE_BUDGET_GIGABYTES: '3' },
  })
  const watched = await openPage()
  await watched.page.goto(address)
  await watched.page.getByRole('button', { name: /Change the project/ }).waitFor()
  await watched.page.keyboard.press('Alt+Digit9')
  await watched.page.getByRole('region', { name: 'Settings' }).waitFor()
  const close = async () => {
    await watched.page.context().close()
    await stop()
  }
  return { ...watched, config, close }
}

async function palette(page: Page, query: string) {
  await page.keyboard.press('Control+KeyK')
  await page
    .getByRole('combobox', { name: /Class, photo/ })
    .and(page.locator(':focus'))
    .waitFor()
  await page.keyboard.type(query)
}

test('the palette goes to a screen by a few letters, back and forward work, and what fails can be tried again', async () => {
  const { page, errors, close } = await openEngine()
  await palette(page, 'gprj')
  await page.keyboard.press('Enter')
  await page.waitForURL('**/projects')
  await page.goBack()
  await page.waitForURL('**/engine')
  await palette(page, '<img src=x onerror=alert(1)>')
  await page.getByText('Nothing is called like').waitFor()
  await page.locator('body').press('Escape') // wherever the focus is
  await page.getByRole('combobox', { name: /Class, photo/ }).waitFor({ state: 'detached' })
  expect(errors).toEqual([])

  const lists = /\/api\/.*(projects\.recent|engine\.status)/
  await page.route(lists, route => route.abort())
  await page.reload()
  const engine = page.getByRole('region', { name: 'Engine', exact: true })
  await engine.getByRole('alert').getByText('Maskwright does not answer').waitFor()
  await page.getByRole('link', { name: 'Projects' }).first().click()
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  const failed = page.getByRole('alert').filter({ hasText: 'This could not be shown' })
  await failed.getByText('Maskwright does not answer').waitFor()
  await page.unroute(lists)
  await failed.getByRole('button', { name: 'Try again' }).click()
  await page.locator('.row-link').waitFor()
  await close()
})

test('a key can be changed, keeps its change, and is not heard while something is typed', async () => {
  const { page, errors, close } = await openEngine()
  await page.keyboard.press('Shift+Slash')
  const sheet = page.getByRole('dialog', { name: 'Keys' })
  // The search takes the focus when it is in sight: until then a key would be taken from its command.
  await sheet.getByRole('textbox', { name: 'Search commands' }).and(page.locator(':focus')).waitFor()
  await sheet.getByRole('button', { name: /Change the key of “Go to the projects”/ }).click()
  await page.keyboard.press('KeyG')
  await sheet.getByRole('button', { name: /Change the key of “Go to engine and settings”/ }).click()
  await page.keyboard.press('KeyG')
  await expect.poll(() => sheet.getByTitle(/only the one that was registered last is heard/).count()).toBe(2)
  await sheet.getByRole('button', { name: /Give “Go to engine and settings”/ }).click()
  await page.keyboard.press('Escape')
  await sheet.waitFor({ state: 'detached' })

  await page.reload()
  await page.getByRole('textbox', { name: 'TensorFlow folder' }).pressSequentially('g')
  expect(new URL(page.url()).pathname).toBe('/engine')
  await page.getByRole('textbox', { name: 'TensorFlow folder' }).fill('')
  await page.getByRole('heading', { name: 'Settings' }).click()
  await page.keyboard.press('KeyG')
  await page.waitForURL('**/projects')
  expect(errors).toEqual([])
  await close()
})

test('a setting is written to the file, one out of bounds is not, and one of the environment is locked', async () => {
  const { page, errors, config, close } = await openEngine()
  const threads = page.getByRole('textbox', { name: 'Engine threads' })
  await threads.fill('300')
  await page.getByText('From 0 to 256.').waitFor()
  await threads.fill('1')
  await threads.press('Enter')
  await expect.poll(() => readFileSync(config, { encoding: 'utf8', flag: 'a+' })).toBe('compute:\n  engineThreads: 1\n')
  await page.getByRole('button', { name: /Engine threads/ }).waitFor() // written, and can be set back
  await page.keyboard.type('2') // the field still has the focus
  await expect.poll(() => threads.inputValue()).toBe('12')
  const budget = page.getByRole('textbox', { name: 'Cache budget (GB)' })
  expect(await budget.isDisabled()).toBe(true)
  expect(await budget.inputValue()).toBe('3')
  await page.getByText('MASKWRIGHT_CACHE_BUDGET_GIGABYTES=3').waitFor()
  expect(errors).toEqual([])
  await close()
})

test('the engine is examined in a process of its own while the window stays', async () => {
  const { page, errors, close } = await openEngine()
  await page.keyboard.press('KeyE')
  await page.getByText(/GFLOPS/).waitFor({ timeout: 60_000 })
  await page.getByText(/CAM and LPCAM of/).waitFor()
  expect(errors).toEqual([])
  await close()
})
