import { expect, test } from 'vitest'
import { openProject } from '../../src/main/db/open'
import { projectKey } from '../../src/main/host/projectKey'
import { checkRecipe } from '../../src/main/jobs/recipes'
import { openPage } from '../helpers/browser'
import { photoProject } from '../helpers/photoProject'
import { serveWorkbench } from '../helpers/servedWorkbench'
import { temporaryFolder } from '../helpers/temporaryFolder'

const hostile = '<img src=x onerror=alert(1)>'

/** Photos with a long tail, and a finished SFC training that says what it did for each class. */
async function longTailProject(): Promise<string> {
  const wanted = Array.from({ length: 12 }, (_, i) => ({ stem: `photo-${i}`, present: i < 10 ? [0] : [0, 1] }))
  const { folder } = await photoProject([hostile, 'cow'], wanted)
  const project = openProject(folder)
  const { steps } = checkRecipe({ title: 'SFC', steps: [{ method: 'sfc' }] })
  const recipe = { title: 'SFC', steps }
  const run = project.runs.create({ name: 'SFC', recipe, seed: 1, split: 'all', datasetHash: 'toy', steps })
  project.runs.setStepState(run.id, 'sfc', 'done', {
    classes: [
      { class: hostile, group: 'many', photos: 12, bankDraws: 2, demand: 10, coefficient: 0.615 },
      { class: 'cow', group: 'few', photos: 2, bankDraws: 2, demand: 10, coefficient: 1.385 },
    ],
  })
  project.runs.setState(run.id, 'done')
  project.close()
  return folder
}

test('a training’s photos, bank draws and coefficients stand with its figures, and the Dataset screen advises', async () => {
  const folder = await longTailProject()
  const served = await serveWorkbench({ stateFolder: temporaryFolder(), roots: [folder], project: folder })
  const { page, errors } = await openPage()
  await page.goto(`${served.origin}/p/${projectKey(folder)}/runs/1?tab=figures`)
  const table = page.getByRole('table', { name: 'What sfc did for each class' })
  await table.getByText('1.385').waitFor()
  expect(await table.getByRole('rowheader').allInnerTexts()).toEqual([hostile, 'cow'])

  await page.goto(`${served.origin}/p/${projectKey(folder)}/dataset`)
  await page.getByRole('tab', { name: 'Advice' }).click()
  await page.getByText('“cow” is in 2 photos, 6 times fewer').waitFor()
  await page.getByText(`“${hostile}” is in 12 photos`).waitFor()
  expect(errors).toEqual([])
  await served.stop()
})
