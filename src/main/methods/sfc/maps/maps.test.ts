import { expect, test } from 'vitest'
import type { Tensor } from '@tensorflow/tfjs'
import { testEngine } from '../../../../../tests/helpers/engine'
import { chainUpTo } from '../../../../../tests/helpers/methodChain'
import { blobPath } from '../../../artifacts/blobStore'
import { readScoreMaps } from '../../../artifacts/scoreMaps'
import { methods } from '../../index'
import { prototypeMaps } from '../network/prototypeMaps'
import { SfcHead } from '../network/sfcHead'
import { classDifference } from './classPrototypes'
import { sfcMapsOptions } from './options'
import { photoPlaces } from './photoPlaces'

test('the difference of a place is its cosine to the class’s prototype minus that to its background’s', () => {
  const { tf, binding } = testEngine()
  const before = binding.getNumOfTensors()
  tf.tidy(() => {
    const features = tf.tensor3d([[[3, 0], [2, 2], [0, 5], [0, 0]]]) // prettier-ignore
    const places = { plane: { height: 2, width: 2 }, features, refined: features, mask: features }
    const prototypes = { classes: tf.tensor2d([[0, 1], [1, 0]]), backgrounds: tf.tensor2d([[1, 0], [0, 1]]) } // prettier-ignore
    const map = classDifference(places, prototypes, Int32Array.of(1))
    expect(map.shape).toEqual([2, 2, 1])
    expect([...map.dataSync()]).toEqual([1, 0, 0, 0].map(value => expect.closeTo(value, 6) as number))
  })
  expect(binding.getNumOfTensors()).toBe(before)
})

test('classes that a photo does not have take no places, or take them and give them to nobody', () => {
  const { tf } = testEngine()
  tf.tidy(() => {
    // The logits of network/maps.test.ts as features, read by a classifier that changes nothing: [channels, 4 places].
    const logits = tf.tensor2d(
      [-0.391089, -0.024752, 0.341584, -0.292079, 0.074257, 0.440594, -0.193069, 0.173267],
      [2, 4],
    )
    const taps = [logits.transpose().reshape([1, 2, 2, 2])]
    const source = { classifier: tf.eye(2), head: null, affinityHops: 0, backgroundFactor: 0.3 }
    const planes = (absentClasses: 'masked' | 'competing') => {
      const { refined, mask } = photoPlaces({ taps, colours: undefined }, [0], source, {
        features: 'trunk',
        absentClasses,
      })
      expect([...mask.dataSync()]).toEqual([1, 1, 0])
      return refined.squeeze([0]).transpose().arraySync() as number[][]
    }
    const close = (values: readonly number[]) => values.map(value => expect.closeTo(value, 4) as number)
    const [background, own] = [close([0.831464, 0.000023, 0.000029, 0.60675]), close([0, 0, 0.999971, 0])]
    expect(planes('competing')).toEqual([background, own, close([0.168536, 0.999977, 0, 0.39325])])
    expect(planes('masked')).toEqual([background, own, [0, 0, 0, 0]])
  })
})

test('the mirrored photo, whose copies stand the other way round, has the mirrored maps', () => {
  const { tf } = testEngine()
  const head = new SfcHead({ classes: 2, tapChannels: [3, 5], sideWidths: [2, 4], affinityWidth: 3 }, 1)
  tf.tidy(() => {
    const taps = [
      tf.randomUniform([2, 6, 8, 3], 0, 1, 'float32', 7),
      tf.randomUniform([2, 3, 4, 5], 0, 1, 'float32', 8),
    ]
    const colours = tf.randomUniform([2, 3, 4, 3], -1, 1, 'float32', 9)
    const source = { classifier: head.classifierMatrix(), head, affinityHops: 2, backgroundFactor: 0.3 }
    const settings = sfcMapsOptions.parse({})
    const planes = (copies: Tensor[], own: Tensor) => {
      const { refined, features, mask, plane } = photoPlaces({ taps: copies, colours: own }, [1], source, settings)
      const prototype = prototypeMaps(refined, features, mask, 0.3).value
      return tf.concat([refined, prototype], 2).reshape([plane.height, plane.width, 6])
    }
    const swapped = planes(
      taps.map(tap => tap.reverse(0)),
      colours.reverse(0),
    )
    const mirrored = planes(taps, colours).reverse(1).dataSync()
    swapped.dataSync().forEach((value, i) => expect(value).toBeCloseTo(mirrored[i]!, 4))
  })
  head.dispose()
})

const single = { scales: [1], mirrored: false }
const maps = methods.get('sfc-maps')!

/** A chain that begins with one training. */
async function trainedBy(method: 'classifier' | 'sfc') {
  const { chain } = await chainUpTo('classifier')
  chain.finished.set(method, await chain.run(methods.get(method)!))
  return chain
}

test('a plain classifier has the difference map; what needs SFC’s layers is refused with what to set', async () => {
  const chain = await trainedBy('classifier')
  const plain = { ...single, features: 'trunk' }
  const { reference, log } = await chain.run(maps, {}, { ...plain, map: 'difference' })
  expect(reference.artifacts).toHaveLength(8)
  expect(log.join('\n')).not.toMatch(/are empty/)
  await expect(chain.run(maps, {}, { ...plain, features: 'side' })).rejects.toThrow(
    /"classifier" is a classifier without SFC's side convolutions: set sfc-maps\.features=trunk/,
  )
  await expect(chain.run(maps, {}, { ...plain, affinityHops: 1 })).rejects.toThrow(/set sfc-maps\.affinityHops=0/)
  const renamed = { ...chain.dataset, classes: ['red', 'green'] }
  await expect(chain.run(maps, { dataset: renamed }, plain)).rejects.toThrow(
    /trained on other classes: its 2\. is "blue", the project's "green"/,
  )
})

test('a background factor that was trained with is that of the maps, unless another is asked for', async () => {
  const { chain } = await chainUpTo('classifier')
  chain.finished.set(
    'sfc',
    await chain.run(methods.get('sfc')!, {}, { backgroundFactor: 1, affinityHops: 0, scaleLoss: 0 }),
  )
  const blobs = async (options: object) => {
    const { reference } = await chain.run(maps, {}, { ...single, map: 'prototype', ...options })
    return reference.artifacts.map(({ blob }) => blob)
  }
  const asTrained = await blobs({})
  expect(asTrained).toEqual(await blobs({ backgroundFactor: 1 }))
  expect(asTrained).not.toEqual(await blobs({ backgroundFactor: 0.3 }))
})

test('every map of an SFC training lies in 0 … 1, and CAM and LPCAM read its classifier', async () => {
  const chain = await trainedBy('sfc')
  for (const map of ['classifier', 'prototype', 'sum', 'difference', 'photo-difference']) {
    const { reference } = await chain.run(maps, {}, { ...single, map })
    const scores = await readScoreMaps(blobPath(chain.blobFolder, reference.artifacts[0]!.blob))
    expect(
      scores.maps.every(score => score >= 0 && score <= 1),
      map,
    ).toBe(true)
    expect(Math.max(...scores.maps), map).toBeGreaterThan(0.3)
  }
  chain.finished.set('cam', await chain.run(methods.get('cam')!, {}, single))
  const { reference } = await chain.run(methods.get('lpcam')!, {}, { ...single, clusters: 2 })
  expect(reference.artifacts).toHaveLength(8)
})
