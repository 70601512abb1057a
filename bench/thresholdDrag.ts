import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { builtFile } from '../src/main/builtFile'
import { writeScoreMaps } from '../src/main/artifacts/scoreMaps'
import { importDataset } from '../src/main/datasets/importing/importDataset'
import { openProject } from '../src/main/db/open'
import { labelsFromScores } from '../src/shared/raster/labelsFromScores'
import type { ScoreMaps } from '../src/shared/tensors/scoreMaps'
import { startServer } from '../src/main/server'
import { createWorkbench } from '../src/main/workbench'
import { launchChromium } from '../scripts/launchChromium.mjs'
import { frameWork } from './support/frameWork'
import { median, report } from './support/measure'

/**
 * Frames a second while the threshold is dragged over a photo of 2048² with 20 classes, in real Chromium on the real
 * server, with the mask and its contours on screen; what the card does in each of these frames, and what the page's own
 * thread does. The peer is what the mask of one threshold costs on the CPU (`labelsFromScores`), in the same run.
 */
const SIDE = 2048
const CLASSES = 20
const DRAG_MS = 5_000

/** Counts frames that were drawn, and what they asked of the card, from outside: the program knows nothing of it. */
const probe = `
  window.drawn = { calls: 0, pixels: 0, frames: new Set() }
  const draw = WebGL2RenderingContext.prototype.drawArrays
  WebGL2RenderingContext.prototype.drawArrays = function (...rest) {
    const box = this.isEnabled(this.SCISSOR_TEST) ? this.getParameter(this.SCISSOR_BOX) : this.getParameter(this.VIEWPORT)
    window.drawn.calls++
    window.drawn.pixels += box[2] * box[3]
    window.drawn.frames.add(document.timeline.currentTime)
    const done = draw.apply(this, rest)
    this.finish()
    return done
  }`

const folder = mkdtempSync(join(tmpdir(), 'maskwright-bench-'))
process.env['MASKWRIGHT_STATE'] = join(folder, 'state')
try {
  const maps = await makeProject()
  const peer = Array.from({ length: 3 }, (_, i) => cpuMask(maps, 0.2 + i / 10))
  await using workbench = createWorkbench({ roots: [folder], rendererFolder: builtFile('../renderer') })
  await using server = await startServer(workbench, 0)
  const { key } = await workbench.sessions.open(join(folder, 'project'))
  const seeds = `${server.origin}/p/${key}/seeds/1`
  const rows = [
    await dragged(server.origin + workbench.newAddress(), seeds, 'map'),
    await dragged(server.origin + workbench.newAddress(), seeds, 'mask'),
    { what: 'peer: the mask of one threshold on the CPU', 'frames/s': Number((1000 / median(peer)).toFixed(1)) },
  ]
  report(`Threshold drag, ${SIDE}² with ${CLASSES} classes`, rows)
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** One photo, twenty maps of a quarter of its size: soft discs here and there. */
async function makeProject(): Promise<ScoreMaps> {
  const noise = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => ((i * 7919) >> 3) & 255)
  await sharp(noise, { raw: { width: SIDE, height: SIDE, channels: 3 } })
    .jpeg()
    .toFile(join(folder, 'photo.jpg'))
  const names = Array.from({ length: CLASSES }, (_, i) => `class-${String(i).padStart(2, '0')}`)
  writeFileSync(join(folder, 'labels.csv'), `image,labels\nphoto,${names.join(';')}\n`)
  const project = openProject(join(folder, 'project'), { create: true })
  try {
    await importDataset({ project, path: folder, format: 'csv' })
    const steps = [{ name: 'cam', method: 'cam', options: {} }]
    const run = project.runs.create({
      name: 'bench',
      recipe: { title: 'b', steps },
      seed: 1,
      split: 'all',
      datasetHash: '',
      steps,
    })
    const maps = discs()
    const { blob } = await writeScoreMaps(project.blobFolder, maps)
    project.artifacts.record([{ runId: run.id, step: 'cam', kind: 'scores', imageId: 1, blob }])
    project.runs.setState(run.id, 'done')
    return maps
  } finally {
    project.close()
  }
}

function discs(): ScoreMaps {
  const side = SIDE / 4
  const maps = new Float32Array(CLASSES * side * side)
  for (let row = 0; row < CLASSES; row++) {
    const [cx, cy] = [((row * 97 + 40) % side) / side, ((row * 211 + 70) % side) / side]
    for (let i = 0; i < side * side; i++) {
      const distance = Math.hypot((i % side) / side - cx, Math.floor(i / side) / side - cy)
      maps[row * side * side + i] = Math.max(0, 1 - 3 * distance)
    }
  }
  return {
    keys: Int32Array.from({ length: CLASSES }, (_, i) => i),
    maps,
    width: side,
    height: side,
    photoWidth: SIDE,
    photoHeight: SIDE,
  }
}

function cpuMask(maps: ScoreMaps, threshold: number): number {
  const start = performance.now()
  labelsFromScores(maps, { width: SIDE, height: SIDE }, threshold)
  return performance.now() - start
}

async function dragged(invitation: string, seeds: string, show: 'map' | 'mask') {
  const browser = await launchChromium('.')
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 } })
    await page.addInitScript(probe)
    await page.goto(invitation)
    const started = performance.now()
    await page.goto(`${seeds}?show=${show}`)
    while (!(await page.evaluate('window.drawn.calls > 1'))) await page.waitForTimeout(20)
    // Two frames later the maps are at the photo's size: what follows is the drag alone.
    await page.evaluate('new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))')
    const firstMs = performance.now() - started
    const drag = await draggerOf(page)
    await page.evaluate('window.drawn = { calls: 0, pixels: 0, frames: new Set() }')
    const ms = await drag()
    const { calls, pixels, frames } = await page.evaluate<{ calls: number; pixels: number; frames: number }>(
      '({ ...window.drawn, frames: window.drawn.frames.size })',
    )
    const work = await frameWork(browser, page, async () => void (await drag()))
    return {
      what: `${show}, window 1280 × 720`,
      'frames/s': Number(((frames / ms) * 1000).toFixed(1)),
      'draw calls a frame': Number((calls / Math.max(1, frames)).toFixed(2)),
      'megapixels a frame': Number((pixels / Math.max(1, frames) / 1e6).toFixed(2)),
      'page ms a frame': Number(work.page.toFixed(1)),
      'page ms, p95': Number(work.pageP95.toFixed(1)),
      'first picture ms': Math.round(firstMs),
    }
  } finally {
    await browser.close()
  }
}

/** Takes the handle of the threshold. @returns what moves it to and fro for a while, and how many ms that took */
async function draggerOf(page: Page): Promise<() => Promise<number>> {
  const slider = page.getByRole('slider', { name: 'Threshold' })
  const box = (await slider.locator('xpath=ancestor::*[contains(@class,"v-slider")][last()]').boundingBox())!
  const y = box.y + box.height / 2
  await page.mouse.move(box.x + 20, y)
  await page.mouse.down()
  return async () => {
    const begin = performance.now()
    for (let i = 0; performance.now() - begin < DRAG_MS; i++)
      await page.mouse.move(box.x + 20 + ((i * 2) % Math.round(box.width - 40)), y)
    return performance.now() - begin
  }
}
