import { appendFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { projectKey } from '../../src/main/host/projectKey'
import { labelsFromScores } from '../../src/shared/raster/labelsFromScores'
import { openPage, type WatchedPage } from '../helpers/browser'
import { seedsProject, type SeedsProject } from '../helpers/seedsProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

let toy: SeedsProject
let served: ServedWorkbench
beforeAll(async () => {
  toy = await seedsProject()
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [toy.folder], project: toy.folder })
})
afterAll(async () => {
  await served.stop()
})

const photo = { width: 96, height: 72 }
/** The red part of a mask, everything opaque and without lines: a colour a label. */
const plainMask = 'show=mask&o=1&lines=0'

async function open(address: string, prepare?: (page: Page) => Promise<unknown>): Promise<WatchedPage> {
  const watched = await openPage()
  await prepare?.(watched.page)
  await watched.page.goto(`${served.origin}/p/${projectKey(toy.folder)}/seeds${address}`)
  return watched
}

/** The photo at one pixel a pixel, as it is on the screen: `[height, width, 3]`. */
async function picture(page: Page): Promise<Uint8Array> {
  const stage = page.getByRole('application')
  await stage.waitFor()
  await stage.focus()
  await page.keyboard.press('z')
  await page.waitForTimeout(300)
  const box = (await stage.boundingBox())!
  const clip = {
    x: box.x + Math.round((box.width - photo.width) / 2),
    y: box.y + Math.round((box.height - photo.height) / 2),
    ...photo,
  }
  return new Uint8Array(
    await sharp(await page.screenshot({ clip }))
      .removeAlpha()
      .raw()
      .toBuffer(),
  )
}

/** Which of the labels' areas have one colour each, and the background none of them. */
function expectMask(pixels: Uint8Array, labels: Uint8Array): void {
  const colourOf = new Map<number, string>()
  const wrong = labels.reduce((count, label, i) => {
    const colour = [...pixels.subarray(i * 3, i * 3 + 3)].join()
    if (label > 0 && !colourOf.has(label)) colourOf.set(label, colour)
    return count + Number(label > 0 && colourOf.get(label) !== colour)
  }, 0)
  const background = labels.findIndex(label => label === 0)
  expect(new Set(colourOf.values()).size).toBe(colourOf.size)
  if (background >= 0)
    expect([...colourOf.values()]).not.toContain([...pixels.subarray(background * 3, background * 3 + 3)].join())
  expect(wrong).toBe(0)
}

test('the mask on the screen is the one that labelsFromScores makes, at the run’s threshold and at another; a pixel tells its scores; a lost context comes back', async () => {
  const { page, errors } = await open(`/1?${plainMask}`)
  expectMask(await picture(page), labelsFromScores(toy.maps.get(1)!, photo, toy.threshold))
  for (let press = 0; press < 35; press++) await page.keyboard.press('=')
  expectMask(await picture(page), labelsFromScores(toy.maps.get(1)!, photo, 0.75))
  await expect.poll(() => new URL(page.url()).searchParams.get('t')).toBe('0.75')
  const box = (await page.getByRole('application').boundingBox())!
  await page.mouse.move(box.x + Math.round((box.width - 96) / 2) + 10, box.y + Math.round((box.height - 72) / 2) + 10)
  await expect
    .poll(() => page.getByTestId('reading').textContent())
    .toMatch(/^x 10 · y 10 · blue 0\.9\d · red 0\.\d\d · label blue$/)
  await page.evaluate(`{
    const loss = document.querySelector('[role=application] canvas').getContext('webgl2').getExtension('WEBGL_lose_context')
    loss.loseContext()
    setTimeout(() => loss.restoreContext(), 300)
  }`)
  await page.getByText('The graphics driver was reset').waitFor()
  await page.getByText('The graphics driver was reset').waitFor({ state: 'detached' })
  expectMask(await picture(page), labelsFromScores(toy.maps.get(1)!, photo, 0.75))
  expect(errors).toEqual([])
})

test('without WebGL2 the picture is the same, and a sentence says so', async () => {
  const reference = await open(`/2?${plainMask}`)
  const expected = await picture(reference.page)
  const { page } = await open(`/2?${plainMask}`, page =>
    page.addInitScript(`
      const getContext = HTMLCanvasElement.prototype.getContext
      HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
        return kind === 'webgl2' ? null : getContext.call(this, kind, ...rest)
      }`),
  )
  await page.getByText('This browser has no WebGL2').waitFor()
  expect(await picture(page)).toEqual(expected)
})

test('a wipe shows one layer on each side, and the keyboard moves it', async () => {
  const { page } = await open(`/1?run=1&step=masks&b=truth&o=1&lines=0`)
  const divider = page.getByRole('slider', { name: 'Wipe between the two layers' })
  await divider.waitFor()
  const half = await picture(page)
  await divider.focus()
  await page.keyboard.press('End')
  const left = await picture(page)
  await divider.focus()
  await page.keyboard.press('Home')
  const right = await picture(page)
  expect(left).not.toEqual(right)
  const row = 40 * photo.width
  const at = (pixels: Uint8Array, x: number) => [...pixels.subarray((row + x) * 3, (row + x) * 3 + 3)]
  expect([at(half, 5), at(half, 90)]).toEqual([at(left, 5), at(right, 90)])
  await expect.poll(() => new URL(page.url()).searchParams.get('wipe')).toBe('0.000')
})

test('a link restores the layer, the class, the threshold, the colours and the lines', async () => {
  const address = '/3?run=1&step=cam&class=1&t=0.62&map=magma&o=0.35&lines=0&scale=own&cells=1'
  const { page, errors } = await open(address)
  await page.getByRole('radio', { name: /^red/ }).waitFor()
  await expect.poll(() => page.getByRole('radio', { name: /^red/ }).getAttribute('aria-checked')).toBe('true')
  await expect.poll(() => page.getByRole('spinbutton', { name: 'Threshold' }).inputValue()).toBe('0.62')
  await expect.poll(() => page.getByRole('checkbox', { name: 'Contour' }).isChecked()).toBe(false)
  await expect.poll(() => page.getByRole('checkbox', { name: 'Stored cells' }).isChecked()).toBe(true)
  const figure = page.getByRole('figure')
  await expect.poll(() => figure.getAttribute('aria-label')).toBe('Scores from 0 to 0.94, this map’s maximum')
  expect(errors).toEqual([])
})

test('keys walk through the photos and their layers, and back undoes a choice', async () => {
  const { page } = await open('/1')
  await page.getByRole('application').waitFor()
  await page.getByText('1 of 4').waitFor()
  await page.keyboard.press('d')
  await page.getByText('2 of 4').waitFor()
  expect(new URL(page.url()).pathname).toMatch(/seeds\/2$/)
  await page.keyboard.press('q')
  await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe('masks')
  await page.goBack()
  await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe(null)
})

test('the list follows the labels: a photo that another tab takes out of it is counted no more', async () => {
  const { page, errors } = await open('?classes=0')
  await page.getByText('1 of 2').waitFor()
  const { pathname } = new URL(page.url())
  const set = (state: 'absent' | null) => {
    const data = {
      project: projectKey(toy.folder),
      photos: { ids: [Number(pathname.split('/').at(-1))] },
      place: 0,
      state,
    }
    return page.request.post(`${served.origin}/api/labels.set`, { data })
  }
  expect((await set('absent')).ok()).toBe(true)
  await page.getByText('1 photo', { exact: true }).waitFor()
  expect(new URL(page.url()).pathname).toBe(pathname)
  expect((await set(null)).ok()).toBe(true)
  await page.getByText('1 of 2').waitFor()
  expect(errors).toEqual([])
})

test('photos are walked through from the least certain on, by the maps that were shown when it was asked for', async () => {
  const { page, errors } = await open('/1?run=1&step=cam')
  await page.getByText('1 of 4').waitFor()
  await page.getByRole('combobox', { name: 'Order' }).click({ force: true }) // the kit lays its text over it
  await page.getByRole('option', { name: 'Least certain' }).click()
  await page.waitForURL(/sort=certainty:1:cam/)
  // The toy's maps are alike in every photo: equals stay in their order.
  await page.getByText('1 of 4').waitFor()
  await page.getByTitle('By how far the foreground of Run 1 · cam stands above 0.40').waitFor()
  await page.keyboard.press('d')
  await page.getByText('2 of 4').waitFor()
  await page.reload()
  await page.getByText('2 of 4').waitFor()
  await page.getByRole('application').waitFor() // the layers are known
  await page.keyboard.press('q')
  await expect.poll(() => new URL(page.url()).searchParams.get('step')).toBe('masks')
  expect(new URL(page.url()).searchParams.get('sort')).toBe('certainty:1:cam')
  expect(errors).toEqual([])
})

test('a photo that is gone, changed or none, and maps that are damaged, are sentences', async () => {
  const scene = (n: number) => join(toy.scenes, 'photos', `scene-${n}.jpg`)
  rmSync(scene(2))
  appendFileSync(scene(3), 'more')
  const gone = await open('/3')
  await gone.page.getByText('scene-2.jpg is missing: put it back, or import the photos again.').waitFor()
  const changed = await open('/4')
  await changed.page.getByText('scene-3.jpg was changed since it was imported').waitFor()
  const unknown = await open('/999')
  await unknown.page.getByText('This project has no photo 999').waitFor()
  for (const folder of readdirSync(join(toy.folder, 'blobs')))
    for (const file of readdirSync(join(toy.folder, 'blobs', folder)))
      if (file.endsWith('.safetensors')) writeFileSync(join(toy.folder, 'blobs', folder, file), 'damaged')
  const damaged = await open('/1')
  await damaged.page.getByText(/Cannot read Run 1 · cam/).waitFor()
})
