import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium } from '../scripts/launchChromium.mjs'
import { projectKey } from '../src/main/host/projectKey'
import type { ReviewProgress } from '../src/shared/contract/review'
import { idleCopy } from './support/idleCopy'
import { report } from './support/measure'
import { percentile } from './support/percentiles'
import { serveProject } from './support/serveProject'

/**
 * Reviews 200 photos by keyboard events alone in the real window: accepts, rejects and puts off by turns, then looks
 * whether the database says the same. Each key follows a look at the photo that a person could not make shorter.
 * Arguments: a project folder with masks, which is copied first, how many photos, and the look in milliseconds.
 */
const limits = { perMinute: 30, nextMs: 100 }
const [source, wanted = '200', look = '500'] = process.argv.slice(2)
if (source === undefined) {
  console.error('Name a project folder that has masks: node scripts/bench.mjs reviewSpeed FOLDER [PHOTOS] [LOOK]')
  process.exit(2)
}
const folder = mkdtempSync(join(tmpdir(), 'maskwright-review-'))
const project = join(folder, 'project')
idleCopy(source, project)
const server = await serveProject(folder, project)
const browser = await launchChromium('.')
try {
  await measure(await browser.newPage({ viewport: { width: 1280, height: 720 } }), Number(wanted))
} finally {
  await browser.close()
  server.child.kill('SIGINT')
  rmSync(folder, { recursive: true, force: true })
}

async function measure(page: Page, photos: number): Promise<void> {
  await page.goto(server.address)
  await page.goto(new URL(`/p/${projectKey(project)}/review?order=name`, server.address).href)
  await page.getByRole('application').waitFor()
  await page
    .getByTestId('position')
    .filter({ hasText: /^\s*1 of / })
    .waitFor()
  await page.getByRole('application').focus()
  const before = await progress(page)
  const keys = ['Enter', 'Enter', 'Enter', 'KeyR', 'KeyU']
  const keyed: Keyed[] = []
  const start = performance.now()
  for (let i = 0; i < photos; i++) {
    await page.waitForTimeout(Number(look))
    keyed.push(await page.evaluate<Keyed>(pressAndWait(keys[i % keys.length]!, i + 2)))
  }
  const minutes = (performance.now() - start) / 60_000
  const expected = { accepted: 0, rejected: 0, unsure: 0 }
  for (let i = 0; i < photos; i++) expected[i % 5 < 3 ? 'accepted' : i % 5 === 3 ? 'rejected' : 'unsure']++
  const after = await settled(page, before.counts.unreviewed - photos)
  const at = (share: number, part: keyof Keyed) =>
    Math.round(
      percentile(
        keyed.map(times => times[part]),
        share,
      ),
    )
  const perMinute = Math.round(photos / minutes)
  report('Review by keys alone', [
    { what: `masks a minute over ${photos} photos`, measured: perMinute, unit: '1/min', limit: limits.perMinute },
    { what: 'key to a page with the next photo, median', measured: at(0.5, 'shownMs'), unit: 'ms', limit: '–' },
    { what: 'key to a page with the next photo, p95', measured: at(0.95, 'shownMs'), unit: 'ms', limit: '–' },
    { what: 'key to the next photo drawn, median', measured: at(0.5, 'drawnMs'), unit: 'ms', limit: limits.nextMs },
    { what: 'key to the next photo drawn, p95', measured: at(0.95, 'drawnMs'), unit: 'ms', limit: '–' },
    ...(['accepted', 'rejected', 'unsure'] as const).map(state => ({
      ...{ what: `${state} in the database`, measured: decided(after, state) - decided(before, state), unit: 'photos' },
      limit: expected[state],
    })),
  ])
  const isWrong = (['accepted', 'rejected', 'unsure'] as const).some(
    state => decided(after, state) - decided(before, state) !== expected[state],
  )
  if (isWrong || perMinute < limits.perMinute) process.exitCode = 1
}

/** Accepted masks that were drawn on before are called edited. */
function decided({ counts }: ReviewProgress, state: 'accepted' | 'rejected' | 'unsure'): number {
  return counts[state] + (state === 'accepted' ? counts.edited : 0)
}

/** From a key to a page that holds the next photo, and to the frame that shows it: what lies between is the card's. */
interface Keyed {
  readonly shownMs: number
  readonly drawnMs: number
}

/** Presses a key and waits for the frame that shows the next photo. The window's own script: it is text for Node. */
function pressAndWait(code: string, position: number): string {
  return `(async () => {
    const shown = () => document.querySelector('[role=application]')?.getAttribute('aria-label')
    const place = () => parseInt(document.querySelector('[data-testid=position]').textContent)
    const before = shown()
    const start = performance.now()
    const key = { code: '${code}', key: '${code.replace('Key', '').toLowerCase()}', bubbles: true, cancelable: true }
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', key))
    document.activeElement.dispatchEvent(new KeyboardEvent('keyup', key))
    const isNext = () => shown() !== before && place() === ${position}
    let shownMs
    const watch = new MutationObserver(() => (shownMs ??= isNext() ? performance.now() - start : undefined))
    watch.observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true })
    while (!isNext()) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    watch.disconnect()
    return { shownMs: shownMs ?? performance.now() - start, drawnMs: performance.now() - start }
  })()`
}

function progress(page: Page): Promise<ReviewProgress> {
  return page.evaluate(async key => {
    const input = encodeURIComponent(JSON.stringify({ project: key }))
    const answer = (await (await fetch(`/api/review.progress?input=${input}`)).json()) as {
      result: { data: ReviewProgress }
    }
    return answer.result.data
  }, projectKey(project))
}

/** The last decisions are stored behind the photos that are shown. */
async function settled(page: Page, unreviewed: number): Promise<ReviewProgress> {
  for (let tries = 0; ; tries++) {
    const now = await progress(page)
    if (now.counts.unreviewed === unreviewed || tries === 50) return now
    await page.waitForTimeout(100)
  }
}
