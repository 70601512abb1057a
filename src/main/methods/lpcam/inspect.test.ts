import { expect, test } from 'vitest'
import { sharedChainUpTo } from '../../../../tests/helpers/methodChain'
import { temporaryFolder } from '../../../../tests/helpers/temporaryFolder'
import { recombine } from '../../../shared/prototypes/recombine'
import { parseSimilarity } from '../../../shared/prototypes/similarity'
import { blobPath } from '../../artifacts/blobStore'
import { readPrototypes, type PrototypeReport } from '../../artifacts/prototypes'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { encodeSimilarity } from '../../artifacts/similarityFile'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { inspect } from './inspect'
import { lpcamOptions } from './options'

/** A run of LPCAM on the toy scenes in `runs/<run>/lpcam`, with ways to look into it. */
async function finished(set: object, run = '1', runs = temporaryFolder()) {
  const { chain, definition } = await sharedChainUpTo('lpcam')
  const folder = join(runs, run, 'lpcam')
  mkdirSync(folder, { recursive: true })
  const { reference, log } = await chain.run(definition, { folder }, set)
  const { report } = (await readPrototypes(folder))!
  const classifier = chain.finished.get('classifier')!.reference
  const similarity = async (imageId: number) => {
    const image = chain.dataset.images.find(({ id }) => id === imageId)!
    const context = {
      ...{ folder, image, inputs: { classifier }, classIndex: image.labels[0]! },
      ...{ cacheFolder: chain.cacheFolder, cacheBudget: 1e9, signal: new AbortController().signal },
      pool: { threads: 1, run: () => Promise.reject(new Error('every feature is in the cache')) },
    }
    const similarity = await inspect(lpcamOptions.parse(reference.options), context)
    return parseSimilarity(encodeSimilarity(similarity), 'similarities') // as it reaches the window
  }
  const stored = async (imageId: number) => {
    const { blob } = reference.artifacts.find(made => made.imageId === imageId && made.kind === 'scores')!
    return (await readScoreMaps(blobPath(chain.blobFolder, blob))).maps
  }
  return { chain, definition, folder, runs, report, log, similarity, stored }
}

/** float16 of values up to 1 is off by at most 2^-12; the rest is the order of float32 sums. */
function expectSameMap(map: Float32Array, stored: Float32Array): void {
  expect(map.length).toBe(stored.length)
  map.forEach((value, i) => expect(Math.abs(value - stored[i]!)).toBeLessThan(2 ** -12 + 1e-5))
}

function selection({ foreground, context }: PrototypeReport['classes'][number]) {
  return { foreground: foreground.selected, context: context.selected }
}

const variants = [{}, { flipMerge: 'map' }, { aggregate: 'max' }, { relu: 'afterMerge' }, { mirrored: false }]

test.each(variants)('with the prototypes that the run chose, the recombined map is the stored one: %j', async set => {
  const { report, similarity, stored } = await finished(set)
  for (const [imageId, place] of [
    [1, 0],
    [4, 1],
  ] as const)
    // prettier-ignore
    expectSameMap(recombine(await similarity(imageId), selection(report.classes[place]!)), await stored(imageId))
})

test('switching one off gives the map of a run that was made without it, from the same prototypes', async () => {
  const all = await finished({ tau: 0.6, muForeground: 0, muBackgroundLow: 0, muBackground: 1 })
  const red = selection(all.report.classes[0]!)
  expect(Math.min(red.foreground.length, red.context.length)).toBeGreaterThan(1)
  const without = await finished({ prototypes: '1/lpcam', drop: ['red/f1', 'red/c1'] }, '2', all.runs)
  expect(without.log).toEqual(
    expect.arrayContaining(['prototypes of 1/lpcam, not clustered again', 'switched off by hand: red/f1, red/c1']),
  )
  const off = (on: readonly boolean[]) => on.map((value, i) => value && i > 0)
  const map = recombine(await all.similarity(1), { foreground: off(red.foreground), context: off(red.context) })
  expectSameMap(map, await without.stored(1))
  expect(without.report.classes[0]!.foreground.selected).toEqual(off(red.foreground))
  expect([...map]).not.toEqual([...(await all.stored(1))])
})

test('keep switches on what the probabilities left out, and a class without any of its own takes the CAM', async () => {
  const first = await finished({ muForeground: 1 }) // the likeliest alone
  const places = first.report.classes[0]!.foreground.selected.map((_, i) => `red/f${i + 1}`)
  const kept = await finished({ prototypes: '1/lpcam', keep: places }, '2', first.runs)
  expect(kept.report.classes[0]!.foreground.selected).not.toContain(false)
  const none = await finished({ prototypes: '1/lpcam', drop: places }, '3', first.runs)
  expect(none.report.classes[0]).toMatchObject({ status: 'no-foreground', fallback: 'cam' })
})

test('prototypes that there are not are refused by name, and borrowed ones must fit', async () => {
  const first = await finished({})
  const { chain, definition, runs } = first
  const again = (set: object) => chain.run(definition, { folder: join(runs, '9', 'lpcam') }, set)
  mkdirSync(join(runs, '9', 'lpcam'), { recursive: true })
  await expect(again({ drop: ['red/f99'] })).rejects.toThrow('"red/f99" is none: "red" has 3 of that kind')
  await expect(again({ drop: ['rde/f1'] })).rejects.toThrow('there is no class "rde": did you mean "red"?')
  await expect(again({ keep: ['f1'] })).rejects.toThrow('cat/f3 or cat/c1 would be one')
  await expect(again({ prototypes: '7/lpcam' })).rejects.toThrow('set prototypes to null to cluster anew')
  expect(() => lpcamOptions.parse({ prototypes: '../1/lpcam' })).toThrow('run and a step')
  expect(() => lpcamOptions.parse({ prototypes: '1/..' })).toThrow('name a step')
})
