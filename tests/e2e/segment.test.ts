import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { maskwright } from '../helpers/cli'
import { json, projectMaker } from '../helpers/cliProject'
import { temporaryFolder } from '../helpers/temporaryFolder'
import { toyScenes } from '../helpers/toyScenes'

/** A network of a few channels that takes two steps on small crops, and nothing before it. */
const network =
  'method: deeplab, preset: truth-only, options: { width: 16, decoderWidth: 16, lowChannels: 8, rates: [1, 2], crop: 64, ' +
  'longestSide: 96, batch: 2, microBatch: 2, scales: [1], mirrored: false, frozenStages: 3, crf: none, validations: 0, '

test('a network trained on photos’ own masks alone predicts a photo of which nobody has said anything', async () => {
  const scenes = await toyScenes()
  const project = await projectMaker(scenes)()
  const recipe = (name: string, options: string) => {
    const path = join(temporaryFolder(), `${name}.yaml`)
    writeFileSync(path, `title: ${name}\nsteps:\n  - { ${network}${options} } }\n`)
    return path
  }
  const run = (path: string) => maskwright(['run', path, '--project', project])
  expect(await run(recipe('train', 'steps: 2'))).toMatchObject({ code: 0 })

  const photos = temporaryFolder()
  cpSync(join(scenes, 'photos', 'scene-0.jpg'), join(photos, 'new.jpg'))
  const labels = join(photos, 'labels.csv')
  writeFileSync(labels, 'image,labels,split\nnew.jpg,,new\n')
  const imported = await maskwright(['import', photos, '--format', 'csv', '--labels', labels, '--project', project])
  expect(imported, imported.err).toMatchObject({ code: 0 })

  expect(await run(recipe('alone', 'steps: 0'))).toMatchObject({
    code: 2,
    err: expect.stringContaining('deeplab.steps must be ≥ 1 without a network to predict with (start), got 0.'),
  })
  const start = join(project, 'runs', '1', 'deeplab', 'checkpoint.safetensors')
  const path = recipe('predict', `steps: 0, truth: ignore, start: ${start}`)
  const predicted = await maskwright(['run', path, '--split', 'new', '--project', project])
  expect(predicted, predicted.err).toMatchObject({ code: 0 })
  const [last] = (await json(['runs', '--project', project])) as { steps: { summary: object }[] }[]
  expect(last!.steps[0]!.summary).toMatchObject({ photos: 0, unreadable: [] })

  // Where something is learned from labels, it is said before the run begins.
  const told = await maskwright(['run', 'cam', '--set', 'classifier.longestSide=96', '--set', 'classifier.folds=0', '--set', 'cam.preset=one-scale', '--project', project]) // prettier-ignore
  expect(told.code, told.err).toBe(0)
  expect(told.err).toContain('Nobody has said what 1 photo shows (new): training leaves it out.')
})
