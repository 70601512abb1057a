import type { Page } from 'playwright-core'
import { build } from 'vite'
import { beforeAll, expect, test } from 'vitest'
import { viridis } from '../../src/shared/raster/colourMap'
import {
  labelsFromScores,
  scoreArgmax,
  scoresAtPhotoSize,
  type ScoreGrid,
} from '../../src/shared/raster/labelsFromScores'
import { overlayScores } from '../../src/shared/raster/overlay'
import { openStrangersPage } from '../helpers/browser'

/** Pictures drawn by a real browser, read back, against the functions that make masks and figures. */

let page: Page
beforeAll(async () => {
  page = await openStrangersPage()
  const built = await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'src/renderer/src/gl/renderer.probe.ts', formats: ['iife'], name: 'probe' },
    },
  })
  const [{ output }] = built as unknown as [{ output: [{ code: string }] }]
  await page.addScriptTag({ content: output[0].code })
})

type Renderer = 'webgl2' | 'canvas2d'
const renderers: Renderer[] = ['webgl2', 'canvas2d']

/** Every label another colour: it can be read back from the picture. */
const colours = Array.from({ length: 256 * 4 }, (_, i) => {
  const label = i >> 2
  return [label, (label * 7) % 256, 255 - label, label === 0 ? 0 : 255][i % 4]!
})
const table = Array.from({ length: 256 * 4 }, (_, i) => (i % 4 === 3 ? 255 : viridis()[(i >> 2) * 3 + (i % 4)]!))

function gridOf(classes: number, width: number, height: number): ScoreGrid {
  const value = (i: number) => ((i * 7919 + 13 * (i >> 5)) % 2048) / 2048 // exact in float16
  return {
    keys: Int32Array.from({ length: classes }, (_, row) => row * 3),
    maps: Float32Array.from({ length: classes * width * height }, (_, i) => value(i)),
    width,
    height,
  }
}

const photo = { width: 90, height: 61 }
const pixels = Array.from({ length: photo.width * photo.height * 4 }, (_, i) => (i % 4 === 3 ? 255 : (i * 31) % 256))
const plain = ({ keys, maps, width, height }: ScoreGrid) => ({ keys: [...keys], maps: [...maps], width, height })

/** One pixel of the photo a pixel of the picture. */
const scene = {
  photo,
  pixels,
  view: photo,
  ratio: 1,
  viewport: { zoom: 1, x: 0, y: 0 },
  divider: 45,
  threshold: 0.5,
  opacity: 1,
  contour: false,
  colourTable: table,
}

function draw(kind: Renderer, layers: readonly object[], changes: object = {}): Promise<number[]> {
  return page.evaluate(`drawProbed(${JSON.stringify(kind)}, ${JSON.stringify({ ...scene, ...changes, layers })})`)
}

test.each([
  ['webgl2', 3, 0.5],
  ['webgl2', 64, 0.97],
  ['webgl2', 1, 0],
  ['canvas2d', 3, 0.5],
] as const)('%s: the mask of %i classes at %f is the one that is stored', async (kind, classes, threshold) => {
  const grid = gridOf(classes, 23, 16)
  const drawn = await draw(kind, [{ kind: 'mask', grid: plain(grid), colours }], { threshold })
  const labels = labelsFromScores(grid, photo, threshold)
  const { scores } = scoreArgmax(grid, photo)
  const whole = scoresAtPhotoSize(grid, photo)
  let ties = 0
  for (let i = 0; i < labels.length; i++) {
    const seen = drawn[i * 4 + 2] === pixels[i * 4 + 2] && labels[i] === 0 ? 0 : drawn[i * 4]
    if (seen === labels[i]) continue
    // float32 on the card against float64 rounded to float32: a millionth apart counts as equal.
    const near = grid.keys.filter((_, row) => Math.abs(whole[row * labels.length + i]! - scores[i]!) < 1e-6).length
    expect(near > 1 || Math.abs(scores[i]! - threshold) < 1e-6, `pixel ${i}: ${seen}, not ${labels[i]}`).toBe(true)
    ties++
  }
  expect(ties).toBeLessThan(labels.length / 1000)
})

test.each(renderers)('%s: a map has the colours of its scores on the scale 0 … 1, over the photo', async kind => {
  const grid = gridOf(3, 23, 16)
  const layer = { kind: 'map', grid: plain(grid), row: 1, scaleEnd: 1, cells: false }
  const drawn = await draw(kind, [layer], { opacity: 0.6 })
  const area = photo.width * photo.height
  const rgb = Uint8Array.from({ length: area * 3 }, (_, i) => pixels[Math.floor(i / 3) * 4 + (i % 3)]!)
  const expected = overlayScores({ ...photo, data: rgb }, scoresAtPhotoSize(grid, photo).slice(area, 2 * area)).data
  let worst = 0
  for (let i = 0; i < area * 3; i++)
    worst = Math.max(worst, Math.abs(expected[i]! - drawn[Math.floor(i / 3) * 4 + (i % 3)]!))
  // One step of the table where a score lies between two colours, and one of rounding.
  expect(worst).toBeLessThanOrEqual(4)
})

test.each(renderers)('%s: a class without a map stays dark', async kind => {
  const layer = { kind: 'map', grid: plain(gridOf(2, 23, 16)), scaleEnd: 1, cells: false }
  const drawn = await draw(kind, [layer])
  expect(drawn.slice(0, 4)).toEqual([...table.slice(0, 3), 255])
  expect(new Set(drawn.filter((_, i) => i % 4 === 0)).size).toBe(1)
})

test.each(renderers)('%s: stored cells are shown as blocks of one colour', async kind => {
  const grid = { keys: Int32Array.of(0), maps: Float32Array.of(0, 1, 0.5, 0.25), width: 2, height: 2 }
  const layer = { kind: 'map', grid: plain(grid), row: 0, scaleEnd: 1, cells: true }
  const drawn = await draw(kind, [layer])
  const at = (x: number, y: number) => drawn.slice((y * photo.width + x) * 4, (y * photo.width + x) * 4 + 3)
  const colour = (i: number) => table.slice(i * 4, i * 4 + 3)
  expect([at(0, 0), at(44, 29), at(45, 0), at(0, 60), at(89, 60)]).toEqual([
    colour(0),
    colour(0),
    colour(255),
    colour(128),
    colour(64),
  ])
})

test('both renderers make the same picture, zoomed in, dragged, wiped and with contours', async () => {
  const layers = [
    { kind: 'map', grid: plain(gridOf(3, 23, 16)), row: 'strongest', scaleEnd: 0.8, cells: false },
    { kind: 'mask', grid: plain(gridOf(5, 23, 16)), colours },
  ]
  const changes = { viewport: { zoom: 3.7, x: -31.3, y: 8.6 }, contour: true, opacity: 0.5, threshold: 0.7, ratio: 2 }
  const [left, right] = [await draw('webgl2', layers, changes), await draw('canvas2d', layers, changes)]
  const different = left.filter((value, i) => Math.abs(value - right[i]!) > 3).length
  expect(left).toHaveLength(photo.width * photo.height * 4 * 4)
  expect(different / left.length).toBeLessThan(0.002)
  expect(new Set(left).size).toBeGreaterThan(50)
})

test.each(renderers)('%s: outside of the photo nothing is drawn', async kind => {
  const changes = { viewport: { zoom: 0.5, x: 10, y: 10 } }
  const drawn = await draw(kind, [{ kind: 'photo' }], changes)
  expect(drawn[3]).toBe(0)
  expect(drawn[(20 * photo.width + 20) * 4 + 3]).toBe(255)
})

const labelsOf = (value: (x: number, y: number) => number) =>
  Array.from({ length: photo.width * photo.height }, (_, i) => value(i % photo.width, Math.floor(i / photo.width)))
const shown = (drawn: readonly number[], x: number, y: number) =>
  drawn.slice((y * photo.width + x) * 4, (y * photo.width + x) * 4 + 3)
const colourOf = (label: number) => colours.slice(label * 4, label * 4 + 3)
const photoAt = (x: number, y: number) => shown(pixels, x, y)

test('webgl2: of labels edited in place only the tiles that say so are uploaded again', async () => {
  const layer = { kind: 'labels', labels: labelsOf(() => 1), size: photo, colours }
  const edit = { labels: labelsOf(() => 2), tiles: [{ x0: 10, y0: 20, x1: 30, y1: 25 }] }
  const drawn = await draw('webgl2', [layer], { edit })
  for (const [x, y, label] of [
    [10, 20, 2],
    [29, 24, 2],
    [9, 20, 1],
    [30, 24, 1],
    [10, 19, 1],
    [29, 25, 1],
  ] as const)
    // prettier-ignore
    expect([x, y, shown(drawn, x, y)]).toEqual([x, y, colourOf(label)])
})

test.each(renderers)('%s: a difference shows only where two label maps disagree, background too', async kind => {
  const marked = colours.map((value, i) => (i < 4 ? [9, 8, 7, 255][i]! : value))
  const labels = labelsOf(x => (x < 30 ? 3 : 0))
  const unlike = labelsOf(x => (x < 20 || x >= 60 ? 3 : 0))
  const drawn = await draw(kind, [{ kind: 'labels', labels, unlike, size: photo, colours: marked }])
  expect([shown(drawn, 5, 5), shown(drawn, 25, 5), shown(drawn, 40, 5), shown(drawn, 70, 5)]).toEqual([
    photoAt(5, 5),
    colourOf(3),
    photoAt(40, 5),
    [9, 8, 7],
  ])
})

test.each(renderers)('%s: brightness and contrast change the photo and not what lies over it', async kind => {
  const look = { brightness: 0.2, contrast: 0.5, pixelGrid: false, colouredLines: false }
  const labels = labelsOf(x => (x < 30 ? 3 : 0))
  const drawn = await draw(kind, [{ kind: 'labels', labels, size: photo, colours }], { look })
  expect(shown(drawn, 5, 5)).toEqual(colourOf(3))
  const toned = photoAt(50, 9).map(value =>
    Math.min(255, Math.max(0, Math.round(((value / 255 - 0.5) * 2 + 0.7) * 255))),
  )
  for (const [channel, value] of shown(drawn, 50, 9).entries())
    expect(Math.abs(value - toned[channel]!)).toBeLessThan(2)
})

test('both renderers draw the same pixel grid and the same coloured lines', async () => {
  const look = { brightness: -0.1, contrast: -0.2, pixelGrid: true, colouredLines: true }
  const labels = labelsOf((x, y) => (x > 3 && x < 9 && y > 1 && y < 6 ? 4 : x > 6 ? 2 : 0))
  const layers = [{ kind: 'labels', labels, size: photo, colours }]
  const changes = { viewport: { zoom: 9.37, x: 3.21, y: -4.63 }, contour: true, opacity: 0.3, look }
  const [left, right] = [await draw('webgl2', layers, changes), await draw('canvas2d', layers, changes)]
  expect(left.filter((value, i) => Math.abs(value - right[i]!) > 3).length / left.length).toBeLessThan(0.002)
  const plain = await draw('webgl2', layers, { ...changes, look: { ...look, pixelGrid: false } })
  expect(left.filter((value, i) => value !== plain[i]!).length / left.length).toBeGreaterThan(0.1)
})
