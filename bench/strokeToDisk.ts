import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { launchChromium } from '../scripts/launchChromium.mjs'
import { openDatabase } from '../src/main/db/database'
import { openProject } from '../src/main/db/open'
import { projectKey } from '../src/main/host/projectKey'
import type { Size } from '../src/shared/raster/size'
import { report } from './support/measure'
import { percentiles } from './support/percentiles'
import { serveProject } from './support/serveProject'

/**
 * How long a stroke is in danger: from the pointer's release in the real window until another process reads its row in
 * the project's database. Between the strokes lie 0.1 to 2.5 seconds, so that some of them meet the whole mask on its way
 * to the disk, which is sent after 1.5 seconds of rest and is what a stroke may have to wait for.
 *
 * `npm run bench -- strokeToDisk [STROKES]`
 */
const LIMIT_MS = 1_000
const STROKES = Number(process.argv[2] ?? 60)
const sizes: readonly Size[] = [
  { width: 500, height: 375 },
  { width: 4096, height: 4096 },
]

const folder = mkdtempSync(join(tmpdir(), 'maskwright-stroke-'))
const projectFolder = join(folder, 'project')
await makeProject()
const server = await serveProject(folder, projectFolder)
const browser = await launchChromium('.')
const { sqlite } = openDatabase(join(projectFolder, 'project.sqlite'), { readOnly: true })
const newest = sqlite
  .prepare<[number], number | null>('SELECT max(place) FROM stroke WHERE image_id = ? AND rewind = 0')
  .pluck()
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
  await page.goto(server.address)
  const rows = []
  for (const [i, { width, height }] of sizes.entries())
    rows.push({ mask: `${width} × ${height}`, strokes: STROKES, ...percentiles(await painted(page, i + 1)) })
  report(`From the pointer's release to the stroke's row in the database, limit ${LIMIT_MS} ms`, rows)
  if (rows.some(row => row['p95 ms'] > LIMIT_MS)) process.exitCode = 1
} finally {
  sqlite.close()
  await browser.close()
  server.child.kill('SIGINT')
  rmSync(folder, { recursive: true, force: true })
}

/** @returns milliseconds, one a stroke */
async function painted(page: Page, image: number): Promise<number[]> {
  const address = `/p/${projectKey(projectFolder)}/review/${image}?order=name`
  await page.goto(new URL(address, server.address).href)
  const stage = page.getByRole('application')
  await stage.waitFor()
  await page.getByTestId('position').filter({ hasText: ' of ' }).waitFor()
  await page.evaluate(`window.released = 0
    addEventListener('pointerup', event => (window.released = performance.timeOrigin + event.timeStamp), true)`)
  await page.keyboard.press('b')
  const box = (await stage.boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  const times: number[] = []
  for (let stroke = 1; stroke <= STROKES; stroke++) {
    await wait(100 + (2_400 * (stroke % 25)) / 24)
    const angle = 2.4 * stroke
    await page.mouse.move(x, y)
    await page.mouse.down()
    await page.mouse.move(x + 150 * Math.cos(angle), y + 150 * Math.sin(angle), { steps: 8 })
    const [stored] = await Promise.all([storedAt(image, stroke), page.mouse.up()])
    times.push(stored - (await page.evaluate<number>('window.released')))
  }
  return times
}

/** @returns when the stroke's row is there, in milliseconds since 1970 */
async function storedAt(image: number, stroke: number): Promise<number> {
  while ((newest.get(image) ?? 0) < stroke) await wait(1)
  return performance.timeOrigin + performance.now()
}

/** A photo of grain of each size, painted on from an empty mask. */
async function makeProject(): Promise<void> {
  mkdirSync(join(folder, 'photos'))
  const photos = await Promise.all(
    sizes.map(async size => {
      const noise = { type: 'gaussian' as const, mean: 128, sigma: 30 }
      const create = { ...size, channels: 3 as const, background: 'grey', noise }
      const jpeg = await sharp({ create }).jpeg().toBuffer()
      const path = join(folder, 'photos', `${size.width}.jpg`)
      writeFileSync(path, jpeg)
      const sha256 = createHash('sha256').update(jpeg).digest('hex')
      const file = { stem: `${size.width}`.padStart(4, '0'), path, bytes: jpeg.length, mtimeMs: 0, sha256 }
      return { ...file, ...size, split: 'train', present: [0], unknown: [] }
    }),
  )
  const project = openProject(projectFolder, { create: true })
  project.imports.store(['cat', 'dog'], photos)
  project.close()
}
