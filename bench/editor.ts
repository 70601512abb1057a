import type { Page } from 'playwright-core'
import { build } from 'vite'
import { launchChromium } from '../scripts/launchChromium.mjs'
import { report } from './support/measure'
import { percentiles } from './support/percentiles'

/**
 * The editor in real Chromium on a mask of 4096² with 60 classes: from the pointer's event to the tiles on the card (what
 * draws them comes with the next frame), undo, and what a thousand strokes take. Limits of the product: 16 ms and 50 ms
 * at the 95th percentile, 200 MB.
 */
const SIDE = 4096
const CLASSES = 60
const STROKES = 1_000
const LIMITS = { strokeMs: 16, undoMs: 50, megabytes: 200 }

interface Gesture {
  readonly what: string
  readonly tool: string
  /** Pixels of the photo across. */
  readonly size: number
  /** CSS px of a pixel of the photo. */
  readonly zoom: number
}
const gestures: readonly Gesture[] = [
  { what: 'brush 24 px at 1:1', tool: 'brush', size: 24, zoom: 1 },
  { what: 'brush 400 px, whole photo in view', tool: 'brush', size: 400, zoom: 700 / SIDE },
  { what: 'threshold paint 200 px, whole photo in view', tool: 'threshold-paint', size: 200, zoom: 700 / SIDE },
  { what: 'grow from a line of 8 px at 1:1', tool: 'grow', size: 8, zoom: 1 },
]

const browser = await launchChromium('.')
try {
  const page = await browser.newPage({ viewport: { width: 720, height: 720 } })
  // Browsers gather the pointer's events on trusted addresses only, as this machine's own is.
  await page.route('http://localhost/', route => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }))
  await page.goto('http://localhost/')
  await page.addScriptTag({ content: await builtProbe() })
  await page.evaluate(`window.probe = editorSpeed.openProbe(${SIDE}, ${CLASSES})`)
  const rows = []
  for (const gesture of gestures) rows.push(await dragged(page, gesture))
  report(`Pointer to uploaded tiles, ${SIDE}² with ${CLASSES} classes, limit ${LIMITS.strokeMs} ms at p95`, rows)

  const tools = JSON.stringify(['brush', 'eraser', 'threshold-paint', 'replace', 'brush'])
  const { events, undo } = await page.evaluate<{ events: number[]; undo: number[] }>(
    `window.probe.strokes(${STROKES}, ${tools})`,
  )
  const { bytes, steps } = await page.evaluate<{ bytes: number; steps: number }>('window.probe.history()')
  const megabytes = Math.round(bytes / 1e5) / 10
  report(`${STROKES} strokes of 20 events each; limits ${LIMITS.undoMs} ms and ${LIMITS.megabytes} MB`, [
    { what: 'an event of a stroke, handled and uploaded', ...counted(events) },
    { what: 'undo of a stroke, uploaded', ...counted(undo) },
  ])
  report('History', [{ steps, 'all strokes MB': megabytes, 'kB a stroke': Math.round(bytes / steps / 100) / 10 }])
  const slow = [...rows, percentiles(events)].some(row => row['p95 ms'] > LIMITS.strokeMs)
  if (slow || percentiles(undo)['p95 ms'] > LIMITS.undoMs || megabytes > LIMITS.megabytes) process.exitCode = 1
} finally {
  await browser.close()
}

/** The editor's core and the renderer's uploads as one script. */
async function builtProbe(): Promise<string> {
  const entry = 'src/renderer/src/views/review/editor/editorSpeed.probe.ts'
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'editorSpeed' } },
  })
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }]
  return output[0].code
}

/** A stroke to and fro with the real pointer, three seconds long. */
async function dragged(page: Page, { what, tool, size, zoom }: Gesture) {
  await page.evaluate(`window.probe.tool(${JSON.stringify(tool)}, ${size}, ${zoom})`)
  await page.mouse.move(60, 60)
  await page.evaluate('window.probe.taken()')
  await page.mouse.down()
  const begin = performance.now()
  for (let i = 0; performance.now() - begin < 3_000; i++)
    await page.mouse.move(60 + 290 * (1 - Math.cos(i / 9)), 60 + 290 * (1 - Math.cos(i / 13)))
  await page.mouse.up()
  return { what, ...counted(await page.evaluate<number[]>('window.probe.taken()')) }
}

function counted(times: readonly number[]) {
  return { events: times.length, ...percentiles(times, 2) }
}
