import { join, resolve } from 'node:path'
import { onTestFailed } from 'vitest'
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core'
import { findChromium } from '../../scripts/setup/chromium.mjs'
import { headlessArguments } from '../../scripts/setup/headlessArguments.mjs'
import { browserKeys } from './servedWorkbench'

/** @throws naming what to install: a test that needs a browser never passes without one */
async function chromiumPath(): Promise<string> {
  const found = await findChromium(resolve('.'))
  if (found !== undefined) return found
  throw new Error('No Chromium was found: install it (`apt install chromium`) or name one in MASKWRIGHT_CHROMIUM.')
}

/** Real Chromium without a screen; WebGL2 is rendered in software where there is no GPU. */
export async function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: headlessArguments,
  })
}

/** A tab that is let in everywhere, in which every error of the page fails the test that looks at `errors` afterwards. */
export interface WatchedPage {
  readonly page: Page
  readonly errors: readonly string[]
}

export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 }, ...options })
  await context.addCookies([...browserKeys.values()])
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', error => errors.push(String(error)))
  page.on('console', message => {
    if (message.type() === 'error') errors.push(message.text())
  })
  describeOnFailure(page, errors)
  return { page, errors }
}

/** A test that fails says where the page stood, and leaves its picture in `out/failures/`. */
function describeOnFailure(page: Page, errors: readonly string[]): void {
  try {
    onTestFailed(async ({ task }) => {
      if (page.isClosed()) return
      const path = join('out', 'failures', `${task.name.replaceAll(/[^a-z0-9]+/gi, '-').slice(0, 60)}.png`)
      await page.screenshot({ path, timeout: 10_000 }).catch(() => undefined)
      const focus = await page.evaluate<string>('document.activeElement?.outerHTML.slice(0, 200) ?? "nothing"')
      console.error([`At ${page.url()}, seen in ${path}`, `the focus is on ${focus}`, ...errors].join('\n'))
    })
  } catch {
    // Opened in a hook: there is no test to wait for.
  }
}
