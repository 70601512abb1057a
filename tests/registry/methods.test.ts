import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { blobPath } from '../../src/main/artifacts/blobStore'
import { readLabelMap } from '../../src/main/artifacts/labelMaps'
import { readScoreMaps } from '../../src/main/artifacts/scoreMaps'
import type { ImageArtifact } from '../../src/main/methods/context'
import { methods } from '../../src/main/methods/index'
import { file } from '../../src/main/methods/optionSchemas'
import { VOID } from '../../src/shared/raster/palette'
import { testEngine } from '../helpers/engine'
import { blobsOf, chainOrder, sharedChainUpTo } from '../helpers/methodChain'
import { temporaryFolder } from '../helpers/temporaryFolder'

/** Every method of the registry, for real: the engine, the default weights, the pool's own tasks, eight toy photos. */

test.each([...methods.values()])('$id: defaults and presets parse, every option says what it is for', definition => {
  const { options, presets } = definition
  const defaults = options.parse({})
  for (const [name, preset] of Object.entries(presets ?? {}))
    expect(options.parse({ ...defaults, ...preset }), name).toMatchObject(preset)
  for (const [name, schema] of Object.entries(options.shape))
    expect((schema as { description?: string }).description, `${definition.id}.${name}`).toBeTruthy()
})

test.each([...methods.values()])('$id: a file that an option points to decides what the step makes', definition => {
  const isFile = (schema: unknown) => schema instanceof z.ZodOptional && schema.unwrap() === file
  const pointing = Object.entries(definition.options.shape).flatMap(([name, schema]) => (isFile(schema) ? [name] : []))
  const given = Object.fromEntries(pointing.map(name => [name, `/elsewhere/${name}.safetensors`]))
  const options = { ...definition.options.parse({}), ...given }
  expect(definition.files?.(options) ?? []).toEqual(expect.arrayContaining(Object.values(given)))
})

test('every method of the registry stands in the chain, each after what it takes', () => {
  expect([...chainOrder].sort()).toEqual([...methods.keys()].sort())
})

test.each(chainOrder)('%s: the same seed gives the same result, and what it gives holds together', async id => {
  const { chain, definition, finished } = await sharedChainUpTo(id)
  const { binding } = testEngine()
  const first = await finished()
  const tensors = binding.getNumOfTensors()
  const second = await chain.run(definition)
  expect(binding.getNumOfTensors()).toBe(tensors)
  expect(blobsOf(second.reference.artifacts)).toEqual(blobsOf(first.reference.artifacts))
  for (const { kind, blob, imageId } of first.reference.artifacts) {
    const image = chain.dataset.images.find(photo => photo.id === imageId)!
    const path = blobPath(chain.blobFolder, blob)
    if (kind === 'labels') {
      const map = await readLabelMap(path)
      expect([map.width, map.height]).toEqual([image.width, image.height])
      expect(Math.max(...map.labels.filter(label => label !== VOID))).toBeLessThanOrEqual(chain.dataset.classes.length)
    }
    if (kind === 'scores') {
      const scores = await readScoreMaps(path)
      expect([...scores.keys]).toEqual(image.labels)
      expect([scores.width, scores.height]).toEqual([24, 18])
      expect(scores.maps.every(score => score >= 0 && score <= 1)).toBe(true)
    }
  }
})

test.each(chainOrder)('%s: cancelled in the middle and resumed, it gives what it gives uninterrupted', async id => {
  const { chain, definition, finished } = await sharedChainUpTo(id)
  const whole = await finished()
  const folder = temporaryFolder()
  const cacheFolder = temporaryFolder()
  const made: ImageArtifact[] = []
  let calls = 0
  const checkpoint = () =>
    ++calls > 5 ? Promise.reject(new DOMException('cancelled', 'AbortError')) : Promise.resolve()
  const interrupted = chain.run(definition, { folder, cacheFolder, checkpoint, artifact: a => made.push(a) })
  await expect(interrupted).rejects.toThrow('cancelled')
  expect(readdirSync(folder, { recursive: true }).filter(name => /tmp|part/.test(String(name)))).toEqual([])
  const resumed = await chain.run(definition, { folder, cacheFolder, existing: made })
  expect(blobsOf(resumed.reference.artifacts)).toEqual(blobsOf(whole.reference.artifacts))
  expect(resultOf(resumed.summary)).toEqual(resultOf(whole.summary))
})

/** A summary without what tells of the process rather than of the result: its seconds, and what its cache held. */
function resultOf(summary: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const ofTheProcess = /^(seconds|\w+Seconds|computed|fromCache|cacheFull)$/
  return Object.fromEntries(Object.entries(summary).filter(([name]) => !ofTheProcess.test(name)))
}

test('CAM and LPCAM take every feature from the cache that the classifier and CAM filled', async () => {
  const { chain, definition } = await sharedChainUpTo('lpcam')
  const { log } = await chain.run(definition)
  expect(log.join('\n')).toMatch(/features: 0 inputs through the trunk/)
})

test('beyond the budget the maps are the same, made in a second pass, and the log says so', async () => {
  const { chain, definition, finished } = await sharedChainUpTo('cam')
  const within = await finished()
  const beyond = await chain.run(definition, { cacheFolder: temporaryFolder(), cacheBudget: 100 })
  expect(blobsOf(beyond.reference.artifacts)).toEqual(blobsOf(within.reference.artifacts))
  expect(beyond.log.join('\n')).toMatch(/cache is full.*again in every step/)
})
