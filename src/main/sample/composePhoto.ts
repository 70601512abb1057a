import { WorkbenchError } from '../../shared/errors'
import { blur, createCanvas } from './canvas'
import type { Canvas } from './canvas'
import { cutOut } from './cutout'
import type { Cutout } from './cutout'
import { develop } from './develop'
import { dress } from './dress'
import { arrange, zonesOf } from './layout'
import type { Figure } from './layout'
import { drawLight } from './light'
import type { Light } from './light'
import { paintStage } from './paintStage'
import type { PlannedPhoto } from './plan'
import { hashOf, randomFor } from './random'
import type { Random } from './random'
import { castShadow, contactShadow, dapple, reflect } from './shadows'
import type { SceneKind } from './scenes'
import { spriteOf } from './sprites'
import type { Sprites } from './sprites'
import { layColours, layLabel } from './truth'

/** A finished photo and its truth. */
export interface ComposedPhoto {
  readonly width: number
  readonly height: number
  /** `[height, width, 3]`, sRGB bytes. */
  readonly rgb: Uint8Array
  /** `[height, width]`: 0 background, 1 … C, 255 void. */
  readonly truth: Uint8Array
  /** 60 … 92: how hard the JPEG encoder is to press. */
  readonly quality: number
}

const sizes = [
  [240, 180],
  [320, 240],
  [320, 240],
  [360, 240],
  [400, 266],
  [400, 300],
  [288, 288],
  [240, 320],
  [266, 400],
] as const

/** A class that shows less than this share of the photo is not fairly labelled as present. */
const leastShare = 0.008
const attempts = 40

/** Where trees may stand behind the photographer and throw their shade. */
const leafy: ReadonlySet<SceneKind> = new Set(['street', 'meadow', 'railway'])

/** Draws photo number `place` of a plan. The same plan, seed and place give the same photo, in any order. */
export function composePhoto(plan: PlannedPhoto, place: number, seed: number, sprites: Sprites): ComposedPhoto {
  const random = randomFor(seed, 2, place)
  const [width, height] = random.pick(sizes)
  const light = drawLight(random)
  const canvas = createCanvas(width, height)
  const noiseSeed = hashOf([seed, 3, place])
  const stage = paintStage(plan.scene, {
    canvas,
    light,
    random,
    needs: zonesOf(plan.scene, plan.classes),
    seed: noiseSeed,
  })
  if (random.chance(0.3)) blur(canvas, 1)
  const layoutRandom = randomFor(seed, 4, place)
  for (let attempt = 0; attempt < attempts; attempt++) {
    const figures = arrange(plan.scene, plan.classes, { stage, photo: canvas, sprites, random: layoutRandom })
    const cutouts = figures.map(({ icon, pose }) => cutOut(spriteOf(sprites, icon), pose, width, height))
    const truth = truthOf(figures, cutouts, canvas)
    if (!showsAll(truth, plan.classes)) continue
    drawFigures(canvas, figures, cutouts, light, sprites, random)
    if (leafy.has(plan.scene) && random.chance(0.3))
      dapple(canvas, stage.camera.horizon, random.between(0.2, 0.42), random.between(30, 80), noiseSeed)
    return { width, height, rgb: develop(canvas, random, noiseSeed), truth, quality: random.integer(60, 92) }
  }
  throw new WorkbenchError(
    'INTERNAL',
    `photo ${place}: no layout shows all of its classes (${plan.scene}); try another seed`,
  )
}

function truthOf(figures: readonly Figure[], cutouts: readonly Cutout[], { width, height }: Canvas): Uint8Array {
  const truth = new Uint8Array(width * height)
  for (const [index, figure] of figures.entries()) layLabel(truth, width, cutouts[index]!, figure.label)
  return truth
}

function showsAll(truth: Uint8Array, classes: readonly number[]): boolean {
  const counts = new Uint32Array(256)
  for (const label of truth) counts[label]!++
  return classes.every(index => counts[index + 1]! >= leastShare * truth.length)
}

/** From the farthest to the nearest: shadow or reflection first, then the figure itself. */
function drawFigures(
  canvas: Canvas,
  figures: readonly Figure[],
  cutouts: readonly Cutout[],
  light: Light,
  sprites: Sprites,
  random: Random,
): void {
  for (const [index, { icon, pose, look, shadow }] of figures.entries()) {
    const cutout = cutouts[index]!
    const sprite = spriteOf(sprites, icon)
    dress(cutout, look, light)
    if (shadow === 'cast') castShadow(canvas, sprite, pose, light)
    if (shadow === 'cast' || shadow === 'contact') contactShadow(canvas, sprite, pose, 0.35 + 0.3 * light.contrast)
    if (shadow === 'reflection') reflect(canvas, cutout, Math.round(pose.y - 0.1 * pose.height), random.between(0, 6))
    layColours(canvas, cutout)
  }
}
