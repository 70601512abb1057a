import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { writeEdgeMap } from '../../src/main/artifacts/edgeMaps'
import { openProject } from '../../src/main/db/open'
import { projectKey } from '../../src/main/host/projectKey'
import { openPage } from '../helpers/browser'
import { seedsProject, type SeedsProject } from '../helpers/seedsProject'
import { serveWorkbench, type ServedWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

let toy: SeedsProject
let served: ServedWorkbench

/** The first photo's step `cam` also saw edges: none on the left half, sure ones on the right. */
beforeAll(async () => {
  toy = await seedsProject(1)
  const project = openProject(toy.folder)
  try {
    const size = { width: 24, height: 18 }
    const edge = Float32Array.from({ length: 24 * 18 }, (_, i) => (i % 24 < 12 ? 0 : 1))
    const photo = { photoWidth: 96, photoHeight: 72 }
    const blob = await writeEdgeMap(project.blobFolder, { edge, displacement: null, ...size, ...photo })
    project.artifacts.record([{ runId: 1, step: 'cam', kind: 'edges', imageId: 1, blob }])
  } finally {
    project.close()
  }
  served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [toy.folder], project: toy.folder })
})
afterAll(async () => {
  await served.stop()
})

test('the edges of a step are a layer of their own, beside its maps, with a scale and a value under the pointer', async () => {
  const { page, errors } = await openPage()
  await page.goto(`${served.origin}/p/${projectKey(toy.folder)}/seeds/1`)
  const stage = page.getByRole('application')
  await stage.waitFor()
  await expect.poll(() => page.getByRole('figure').getAttribute('aria-label')).toMatch(/^Scores from 0 to 1/)
  await page.getByRole('combobox', { name: 'Layer' }).click({ force: true }) // the kit lays its text over it
  await page.getByRole('option', { name: /Run 1 · cam.*edges/ }).click()
  await expect.poll(() => new URL(page.url()).searchParams.get('layer')).toBe('edges')
  await expect
    .poll(() => page.getByRole('figure').getAttribute('aria-label'))
    .toBe('Edges from 0 to 1.00: how surely a class ends here')
  await stage.focus()
  await page.keyboard.press('z')
  const box = (await stage.boundingBox())!
  const [left, top] = [box.x + Math.round((box.width - 96) / 2), box.y + Math.round((box.height - 72) / 2)]
  await page.mouse.move(left + 80, top + 36)
  await expect.poll(() => page.getByTestId('reading').textContent()).toBe('x 80 · y 36 · edge 1.00')
  await page.goto(`${page.url().split('?')[0]}?layer=edges&run=1&step=cam&o=1&lines=0`)
  await stage.waitFor()
  await stage.focus()
  await page.keyboard.press('z')
  const colourAt = async (x: number) => {
    const clip = { x: left + x, y: top + 36, width: 1, height: 1 }
    return [
      ...(await sharp(await page.screenshot({ clip }))
        .removeAlpha()
        .raw()
        .toBuffer()),
    ]
  }
  // Viridis from its first colour to its last.
  await expect.poll(() => colourAt(10)).toEqual([68, 1, 84])
  await expect.poll(() => colourAt(85)).toEqual([253, 231, 37])
  await page.getByRole('tab', { name: 'Side by side' }).click()
  const layers = page.getByRole('group', { name: 'What the run made of this photo, side by side' }).getByRole('button')
  await expect.poll(() => layers.allInnerTexts()).toContainEqual(expect.stringMatching(/^cam\s+edges$/))
  await expect.poll(() => layers.filter({ hasText: 'edges' }).getAttribute('aria-pressed')).toBe('true')
  await layers.filter({ hasText: 'largest' }).first().click()
  await expect.poll(() => new URL(page.url()).searchParams.get('layer')).toBe(null)
  expect(new URL(page.url()).searchParams.get('step')).toBe('cam')
  expect(errors).toEqual([])
})
