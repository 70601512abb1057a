import { expect, onTestFinished, test } from 'vitest'
import { measuredProject, type Stripes } from '../../../tests/helpers/measuredProject'
import { originText } from '../cli/figureText'
import { openProject } from '../db/open'
import { measuredPhotos } from './figureOrigin'
import { checkRecipe } from './recipes'

const half: Stripes = [
  [20, 1],
  [20, 0],
]

/** A network trained on masks that a threshold made, as `full` has it; the steps' summaries are what they remember. */
async function networkProject(summaries: Readonly<Record<string, object>>) {
  const folder = await measuredProject(['cat'], [half, half, half], [{ name: 'a', threshold: 0.3, masks: [half] }])
  const project = openProject(folder)
  onTestFinished(() => project.close())
  const [blob] = project.artifacts.listForStep(1, 'masks', 'labels').map(row => row.blob)
  const steps = ['classifier', 'cam', 'confident', 'irn', 'threshold', 'deeplab'].map(method => ({ method }))
  const recipe = checkRecipe({ title: 'network', steps })
  const made = { name: 'network', seed: 1, split: 'all', datasetHash: project.dataset().hash }
  const run = project.runs.create({ ...made, recipe, steps: recipe.steps })
  for (const { name } of recipe.steps) project.runs.setStepState(run.id, name, 'done', summaries[name] ?? {})
  for (const imageId of [1, 2])
    project.artifacts.record([{ runId: run.id, step: 'deeplab', kind: 'labels', imageId, blob: blob! }])
  return measuredPhotos(project, project.runs.get(run.id), recipe, recipe.steps.at(-1)!, 'labels').origin
}

test('a figure carries what the steps before chose, and says that they chose on the photos it is of', async () => {
  const origin = await networkProject({
    confident: { photos: 3, foreground: 0.58, background: 0.38, chosenOn: 'given', chosenOnPhotos: 0 },
    threshold: { threshold: 0.43, chosenOn: 'truth', chosenOnPhotos: 3 },
    deeplab: { photos: 2, trainedOnTruth: 0, heldOutMeasured: 1, heldOutMeanIou: 0.5 },
  })
  expect(origin.choices).toEqual([
    { step: 'confident', values: { foreground: 0.58, background: 0.38 }, chosenOn: 'given', photos: 0, measured: 0 },
    { step: 'threshold', values: { threshold: 0.43 }, chosenOn: 'truth', photos: 3, measured: 2 },
  ])
  expect(originText(origin).split('\n')).toEqual(
    expect.arrayContaining([
      'made from threshold, whose threshold 0.43 was chosen on the ground truth of 3 photos, 2 of those measured here among them, which flatters it',
      'on the 1 photos held out of its training: mIoU 50.00 %',
    ]),
  )
})

test('thresholds that a person gave flatter nothing', async () => {
  const origin = await networkProject({ threshold: { threshold: 0.43, chosenOn: 'given', chosenOnPhotos: 0 } })
  expect(originText(origin)).not.toContain('flatters')
})
