import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { projectKey } from '../../src/main/host/projectKey'
import type { ReviewPhoto } from '../../src/shared/contract/review'
import { openPage, type WatchedPage } from '../helpers/browser'
import { addRun, seedsProject, type SeedsProject } from '../helpers/seedsProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

let toy: SeedsProject
let served: ServedWorkbench
beforeAll(async () => {
  toy = await seedsProject()
  const project = openProject(toy.folder)
  await addRun(project, 'newer', 0.6)
  project.close()
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [toy.folder], project: toy.folder })
})
afterAll(async () => {
  await served.stop()
})

/** Opens a photo of the list by name, and waits until keys and pointer are heard. */
async function open(place = ''): Promise<WatchedPage> {
  const watched = await openPage()
  await watched.page.goto(`${served.origin}/p/${projectKey(toy.folder)}/review${place}?order=name`)
  await listens(watched.page)
  return watched
}

async function listens(page: Page): Promise<void> {
  await page.getByRole('application').waitFor()
  await page.getByTestId('position').filter({ hasText: ' of ' }).waitFor()
  await page.getByRole('application').focus()
}

/** What the workbench holds of a photo. */
async function stored(image: number): Promise<ReviewPhoto> {
  const input = encodeURIComponent(JSON.stringify({ project: projectKey(toy.folder), image }))
  const response = await fetch(`${served.origin}/api/review.photo?input=${input}`, {
    headers: { cookie: served.cookie },
  })
  return ((await response.json()) as { result: { data: ReviewPhoto } }).result.data
}

async function draw(page: Page, from: readonly [number, number], to: readonly [number, number]): Promise<void> {
  const box = (await page.getByRole('application').boundingBox())!
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
  await page.mouse.move(x + from[0], y + from[1])
  await page.mouse.down()
  await page.mouse.move(x + to[0], y + to[1], { steps: 6 })
  await page.mouse.up()
}

const saved = (page: Page, version: number) => page.getByTestId('saving').filter({ hasText: `saved · v${version}` })
const imageOf = (page: Page) => Number(/review\/(\d+)/.exec(page.url())![1])
const steps = (page: Page) => page.locator('ol.steps li')

test('a stroke is saved, taken back, and still there after a reload; Enter accepts and goes on', async () => {
  const { page, errors } = await open()
  const first = imageOf(page)
  await page.keyboard.press('x') // the background: whatever is there goes
  await draw(page, [-60, 0], [60, 0])
  await saved(page, 1).waitFor()
  expect(await stored(first)).toMatchObject({ mask: { version: 1, edited: true, state: 'unreviewed' } })

  await page.getByRole('tab', { name: 'History' }).click()
  await draw(page, [-60, 40], [60, 40])
  await steps(page).nth(2).waitFor()
  await page.keyboard.press('Control+z')
  await saved(page, 1).waitFor()
  await page.reload()
  await listens(page)
  await page.getByRole('tab', { name: 'History' }).click()
  await expect.poll(() => steps(page).count()).toBe(3)
  await expect.poll(() => steps(page).nth(1).getByRole('button').getAttribute('aria-current')).toBe('true')
  expect((await stored(first)).journal).toMatchObject({ position: 1, last: 2 })

  await page.keyboard.press('Enter') // the click on a tab has left it to the photo
  await page.getByTestId('position').filter({ hasText: '2 of 4' }).waitFor()
  await page.getByTestId('left').filter({ hasText: '3 left' }).waitFor()
  expect((await stored(first)).mask.state).toBe('edited')
  expect(imageOf(page)).not.toBe(first)

  await page.keyboard.press('Backspace')
  await page.getByTestId('left').filter({ hasText: '4 left' }).waitFor()
  await expect.poll(() => imageOf(page)).toBe(first)
  expect((await stored(first)).mask.state).toBe('unreviewed')

  await page.keyboard.press('Backspace')
  await page.getByText('There is no decision left to take back.').waitFor()
  await page.getByText('the last change was not saved').waitFor({ state: 'detached' })
  expect(errors).toEqual([])
}, 60_000)

test('two windows on one photo: the later one chooses, and nothing is lost without it', async () => {
  const left = await open()
  const image = imageOf(left.page)
  const right = await open(`/${image}`)
  const { version } = (await stored(image)).mask
  await left.page.keyboard.press('x')
  await draw(left.page, [-40, -60], [40, -60])
  await saved(left.page, version + 1).waitFor()

  await right.page.keyboard.press('v') // the void brush
  await draw(right.page, [-40, 60], [40, 60])
  await right.page.getByRole('alertdialog').getByText('pixels differ').waitFor()
  expect((await stored(image)).mask.version).toBe(version + 1)
  await right.page.getByRole('button', { name: 'Keep what is drawn here' }).click()
  await saved(right.page, version + 2).waitFor()
  const { versions } = await stored(image)
  expect(versions.map(row => row.version).slice(0, 2)).toEqual([version + 2, version + 1])
  expect([...left.errors, ...right.errors.filter(error => !error.includes('409'))]).toEqual([])
}, 60_000)

test('all that are listed are accepted in one step, after a look, and taken back in one; other windows follow', async () => {
  const { page, errors } = await open()
  const other = await open()
  const stateThere = (state: string | RegExp) => other.page.getByTestId('review-state').filter({ hasText: state })
  await page.keyboard.press('Control+Enter')
  await page.getByRole('button', { name: 'Accept 4' }).click()
  await page.getByTestId('left').filter({ hasText: '0 left' }).waitFor()
  await stateThere(/accepted|edited/).waitFor()
  await page.getByRole('button', { name: /^Take back/ }).waitFor()
  await page.getByRole('button', { name: /^Take back/ }).click()
  await page.getByTestId('left').filter({ hasText: '4 left' }).waitFor()
  await stateThere('unreviewed').waitFor()
  expect([...errors, ...other.errors]).toEqual([])
}, 60_000)

/** Cuts the end off a photo's stored mask. @returns what puts it back */
function damage(blob: string): () => void {
  const path = join(toy.folder, 'blobs', blob.slice(0, 2), blob)
  const whole = readFileSync(path)
  writeFileSync(path, whole.subarray(0, whole.length - 20))
  return () => writeFileSync(path, whole)
}

test('what the Dataset screen shows is reviewed, and the list says and changes what it is of', async () => {
  const { page, errors } = await openPage()
  await page.goto(`${served.origin}/p/${projectKey(toy.folder)}/dataset?classes=0`)
  await page.getByRole('button', { name: 'Review these photos' }).click()
  await listens(page)
  const chips = page.getByRole('group', { name: 'Filter' })
  await chips.getByText('blue').waitFor()
  await expect.poll(() => new URL(page.url()).searchParams.get('classes')).toBe('0')
  const listed = Number(/of (\d+)/.exec((await page.getByTestId('position').textContent())!)![1])
  expect(listed).toBeLessThan(4)
  await page.getByRole('link', { name: 'Seeds' }).click()
  await page.waitForURL(/seeds.*classes=0/)
  await page.getByRole('link', { name: 'Review' }).click()
  await page.getByRole('button', { name: 'Choose which photos are listed' }).click()
  await page.getByLabel('Part of a name').fill('nothing is called so')
  await page.getByText('Nothing to review here').waitFor()
  await page.keyboard.press('Escape')
  await chips.getByRole('button', { name: 'Clear all' }).click()
  await page.getByTestId('position').filter({ hasText: 'of 4' }).waitFor()
  expect(errors).toEqual([])
}, 60_000)

test('all corrections go onto another run’s masks, and each photo keeps the mask from before', async () => {
  const { page, errors } = await openPage()
  const review = `${served.origin}/p/${projectKey(toy.folder)}/review`
  await page.goto(`${review}?order=name&states=all`)
  await listens(page)
  const image = imageOf(page)
  const { version } = (await stored(image)).mask
  await page.keyboard.press('v')
  await draw(page, [-50, 20], [50, 20])
  await saved(page, version + 1).waitFor()
  const other = (await stored(image)).mask.origin!.run === 1 ? 2 : 1
  await page.goto(`${review}/${image}?order=name&states=all&source=${other}:masks`)
  await listens(page)
  await page.getByRole('tab', { name: 'Versions' }).click()
  await page.getByRole('button', { name: 'All corrected photos …' }).click()
  await page.getByRole('button', { name: /^Lay \d corrections? over$/ }).click()
  await page.getByText(/The corrections of \d photos? lie on the masks of Run/).waitFor()
  await page.getByRole('button', { name: 'Close' }).click()
  await saved(page, version + 2).waitFor()
  const { mask, versions } = await stored(image)
  expect(mask).toMatchObject({ version: version + 2, state: 'unreviewed', edited: true, origin: { run: other } })
  const before = versions[1]!
  expect(before).toMatchObject({ version: version + 1, origin: { run: other === 1 ? 2 : 1 } })
  await page.getByRole('button', { name: `Restore v${before.version}` }).click()
  await page.getByText(`Version ${before.version} is restored: made from Run ${other === 1 ? 2 : 1} · masks.`).waitFor()
  await saved(page, version + 3).waitFor()
  expect((await stored(image)).mask).toMatchObject({ blob: before.blob, origin: before.origin, originKnown: true })
  await page.getByRole('button', { name: 'Restore v0' }).click()
  await page.getByText(`so the mask of Run ${other} · masks, which is listed, is shown`).waitFor()
  expect(errors).toEqual([])
}, 60_000)

test('a damaged mask stops its photo with a sentence, is not saved over, and gives way to an earlier version', async () => {
  const image = Math.max(...toy.maps.keys())
  const { blob: made } = (await stored(image)).mask
  const mend = damage(made!)
  const { page } = await openPage()
  await page.goto(`${served.origin}/p/${projectKey(toy.folder)}/review/${image}?order=name&states=all`)
  await page.getByText('It was not replaced by an empty one').waitFor()
  await page.keyboard.press('Enter')
  expect((await stored(image)).mask).toMatchObject({ version: 0, state: 'unreviewed', blob: made })

  mend()
  await page.getByRole('button', { name: 'Try again' }).click()
  await listens(page)
  await page.keyboard.press('x')
  await draw(page, [-60, 0], [60, 0])
  await saved(page, 1).waitFor()
  damage((await stored(image)).mask.blob!)
  await page.reload()
  await page.getByRole('button', { name: 'Begin again from the run’s mask' }).click()
  await listens(page)
  await draw(page, [-60, 40], [60, 40])
  await saved(page, 3).waitFor()
  const { mask, versions } = await stored(image)
  expect(mask).toMatchObject({ version: 3, edited: true, origin: { blob: made } })
  expect(versions.map(({ restored }) => restored)).toEqual([null, 0, null])
}, 60_000)
