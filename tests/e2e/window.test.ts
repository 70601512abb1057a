import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchChromium, openPage } from '../helpers/browser'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

let browser: Browser
beforeAll(async () => {
  browser = await launchChromium()
})
afterAll(() => browser.close())

test('the printed address opens the window on the projects, and its token works once it is a cookie', async () => {
  const folder = temporaryFolder()
  const { address, stop } = await serveWorkbench({ stateFolder: folder, roots: [folder] })
  const { page, errors } = await openPage(browser)
  await page.goto(address)
  await page.getByRole('heading', { name: 'Projects' }).waitFor()
  expect(new URL(page.url()).search).toBe('')
  await page.screenshot({ path: '/tmp/shot.png' })
  expect(errors).toEqual([])
  await stop()
})
