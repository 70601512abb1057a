import { join, resolve } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { launchChromium } from '../../scripts/launchChromium.mjs'
import { atEndOfTest } from './endOfFile'
import { browserKeys } from './servedWorkbench'

let started: Promise<Browser> | undefined

/**
 * Real Chromium without a screen; WebGL2 is rendered in software where there is no GPU. One for all files that follow
 * each other in a process, which takes it along when it ends.
 */
function sharedChromium(): Promise<Browser> {
  started ??= launchChromium(resolve('.'))
  return started
}

/** A tab that is let in everywhere, in which every error of the page fails the test that looks at `errors` afterwards. */
export interface WatchedPage {
  readonly page: Page
  readonly errors: readonly string[]
}

/** Opens a tab in a browser profile of its own, until the test has ended, or the file when it is opened outside of one. */
export async function openPage(options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const page = await openStrangersPage(options)
  await page.context().addCookies([...browserKeys.values()])
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  return { page, errors }
}

/** A tab like that of `openPage` which no workbench knows yet, and whose errors nobody watches. */
export async function openStrangersPage(options: BrowserContextOptions = {}): Promise<Page> {
  const browser = await sharedChromium()
  const context = await browser.newContext({
    viewport: { width: 1280, height: 720 },
    reducedMotion: 'reduce',
    ...options,
  })
  const page = await context.newPage()
  atEndOfTest(async test => {
    if (test?.result?.state === 'fail' && !page.isClosed()) await describe(page, test.name)
    await context.close()
  })
  return page
}

/** Says where the page of a failed test stood, and leaves its picture in `out/failures/`. */
async function describe(page: Page, test: string): Promise<void> {
  const path = join('out', 'failures', `${test.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}.png`)
  await page.screenshot({ path, timeout: 10_000 }).catch(() => undefined)
  const focus = await page.evaluate<string>('document.activeElement?.outerHTML.slice(0, 200) ?? "nothing"')
  console.error([`At ${page.url()}, seen in ${path}`, `the focus is on ${focus}`].join('\n'))
}
