import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium } from '../scripts/launchChromium.mjs'
import { projectKey } from '../src/main/host/projectKey'
import { frameWork } from './support/frameWork'
import { makeGalleryProject } from './support/galleryProject'
import { median, report } from './support/measure'
import { peakMegabytes } from './support/peakMegabytes'
import { serveProject } from './support/serveProject'

/**
 * The Dataset screen on 100,000 photos of 200 classes: the real server and the real Chromium, whose drawing is done by
 * processors here. Times end when the answer is on the screen. Arguments: photos, classes, and a folder to keep
 * the project in for the next time.
 */
const scrolledSeconds = 4
const pixelsPerSecond = 3000
/** Times of the frames, ms. The window's own script: it is text for Node. */
const scrollScript = `(async () => {
  const gallery = document.querySelector('.gallery')
  const times = []
  const start = performance.now()
  for (let now = start; now - start < ${scrolledSeconds * 1000}; ) {
    now = await new Promise(requestAnimationFrame)
    times.push(now)
    gallery.scrollTop = ((now - start) / 1000) * ${pixelsPerSecond}
  }
  return times
})()`

/** As many frames of 50 px each: the work of a frame is the same however long the machine takes for it. */
const steppedFrames = 120
const stepScript = `(async () => {
  const gallery = document.querySelector('.gallery')
  const from = gallery.scrollTop
  for (let frame = 1; frame <= ${steppedFrames}; frame++) {
    await new Promise(requestAnimationFrame)
    gallery.scrollTop = from + frame * 50
  }
})()`
/** Sets the first label of the photo that is looked at to another state, until the class's bar says another number. */
const editScript = `(async () => {
  const label = document.querySelector('.label')
  const name = label.querySelector('.name').textContent
  const bars = [...document.querySelectorAll('.histogram button.bar')]
  const value = bars.find(bar => bar.querySelector('.name').textContent === name).querySelector('.value')
  const before = value.textContent
  const start = performance.now()
  label.querySelector('.states .state:not(.on)').click()
  while (value.textContent === before) await new Promise(requestAnimationFrame)
  return performance.now() - start
})()`

const photos = Number(process.argv[2] ?? 100_000)
const classes = Number(process.argv[3] ?? 200)
const kept = process.argv[4]
const folder = kept ? resolve(kept) : mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
const project = join(folder, 'project')
if (!existsSync(project)) await makeGalleryProject(folder, photos, classes)
const server = await serveProject(folder, project)
const browser = await launchChromium('.')
try {
  report('The Dataset screen', await measure(await browser.newPage({ viewport: { width: 1920, height: 1080 } })))
} finally {
  await browser.close()
  server.child.kill('SIGINT')
  if (!kept) rmSync(folder, { recursive: true, force: true })
}

async function measure(page: Page) {
  await page.goto(server.address)
  const screen = new URL(`/p/${projectKey(project)}/dataset`, server.address).href
  const [opened] = await timed(async () => {
    await page.goto(screen)
    await page.locator('.tile img').first().waitFor()
  })
  const [reloaded] = await timed(async () => {
    await page.reload()
    await page.locator('.tile img').first().waitFor()
  })
  const edits = await editTimes(page)
  const filters = await filterTimes(page)
  await page.goto(screen)
  await page.locator('.tile img').first().waitFor()
  const scroll = await framesWhileScrolling(page)
  const work = await frameWork(browser, page, () => page.evaluate(stepScript))
  return [
    { what: 'open the project', measured: Math.round(opened), unit: 'ms', limit: 3000 },
    { what: 'show it again', measured: Math.round(reloaded), unit: 'ms', limit: 3000 },
    { what: 'histogram, from an edit of a label to its bar (median)', measured: edits.time, unit: 'ms', limit: 200 },
    { what: 'processor time of the server for an edit', measured: edits.server, unit: 'ms', limit: '–' },
    { what: 'filter, from click to photos (median)', measured: filters, unit: 'ms', limit: 200 },
    { what: 'frames while scrolling', measured: scroll.frames, unit: '1/s', limit: 55 },
    { what: 'longest frame while scrolling', measured: scroll.longest, unit: 'ms', limit: '–' },
    { what: "page's own work a frame (95th percentile)", measured: Math.round(work.pageP95), unit: 'ms', limit: 18 },
    { what: "page's own work a frame (mean)", measured: Math.round(work.page), unit: 'ms', limit: '–' },
    { what: 'drawing a frame by processors (mean)', measured: Math.round(work.drawing), unit: 'ms', limit: '–' },
    { what: 'memory of the server, most', measured: peakMegabytes(server.child.pid!) ?? '–', unit: 'MB', limit: 600 },
  ]
}

/** An even number of edits: the kept project is afterwards as it was. */
async function editTimes(page: Page): Promise<{ time: number; server: number }> {
  await page.locator('.tile').first().click()
  await page.locator('.label').first().waitFor()
  const edits = 6
  const times: number[] = []
  const before = serverMilliseconds()
  for (let i = 0; i < edits; i++) {
    times.push(await page.evaluate<number>(editScript))
    await page.waitForTimeout(500)
  }
  return { time: Math.round(median(times)), server: Math.round((serverMilliseconds() - before) / edits) }
}

async function filterTimes(page: Page): Promise<number> {
  const times: number[] = []
  for (const place of [0, 3, 20, 100]) {
    const time = await page.evaluate<number>(filterScript(place))
    times.push(time)
    await page.waitForTimeout(300)
  }
  return Math.round(median(times))
}

/** At 3,000 px a second, as a wheel or a held key scrolls: new photos come in all the time. */
async function framesWhileScrolling(page: Page): Promise<{ frames: number; longest: number }> {
  await page.waitForTimeout(1000)
  const times = await page.evaluate<number[]>(scrollScript)
  const gaps = times.slice(1).map((time, i) => time - times[i]!)
  return { frames: Math.round((times.length - 1) / scrolledSeconds), longest: Math.round(Math.max(...gaps)) }
}

/** Clicks a bar of the histogram and waits for other photos. The window's own script: it is text for Node. */
function filterScript(bar: number): string {
  return `(async () => {
    const shown = () => document.querySelector('[aria-label="Photos shown"]').textContent
    const first = () => document.querySelector('.tile .caption')
    const before = shown()
    const start = performance.now()
    document.querySelectorAll('.histogram button.bar')[${bar}].click()
    while (shown() === before || first() === null) await new Promise(requestAnimationFrame)
    await new Promise(requestAnimationFrame)
    return performance.now() - start
  })()`
}

async function timed(work: () => Promise<unknown>): Promise<[milliseconds: number]> {
  const start = performance.now()
  await work()
  return [performance.now() - start]
}

/** Processor time that the server has taken, from Linux's count in hundredths of a second. */
function serverMilliseconds(): number {
  const fields = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}
