/** One class of the sample and how its objects may look. */
export interface SampleClass {
  readonly name: string
  /** What stands side by side to make one object; one formation is drawn for each object. `-` mirrors a part. */
  readonly formations: readonly (readonly string[])[]
  /** Height of the object, metres: from … to. */
  readonly metres: readonly [number, number]
  /** Height it takes in the photo, as a share of the shorter side: from … to. */
  readonly share: readonly [number, number]
  /** Largest turn of its hue, radians: paint comes in every colour, fur does not. */
  readonly hue: number
  /** Brightness: from … to. */
  readonly brightness: readonly [number, number]
  /** Largest tilt, degrees. */
  readonly tilt: number
  /** Coat, paint or glaze: strength and fineness (cells over the object) of its surface texture. */
  readonly texture: readonly [strength: number, cells: number]
}

const fur = [0.17, 48] as const
const paint = [0.09, 14] as const

/** From the most frequent to the rarest: the long tail follows this order. */
export const sampleClasses: readonly SampleClass[] = [
  {
    name: 'dog',
    formations: [['dog'], ['dog'], ['poodle'], ['guide-dog']],
    metres: [0.65, 0.95],
    share: [0.36, 0.75],
    hue: 0.12,
    brightness: [0.6, 1.05],
    tilt: 7,
    texture: fur,
  },
  {
    name: 'cat',
    formations: [['cat'], ['cat'], ['black-cat']],
    metres: [0.5, 0.7],
    share: [0.34, 0.7],
    hue: 0.1,
    brightness: [0.62, 1.1],
    tilt: 7,
    texture: fur,
  },
  {
    name: 'car',
    formations: [['automobile'], ['oncoming-automobile'], ['sport-utility-vehicle'], ['taxi'], ['police-car']],
    metres: [1.6, 2],
    share: [0.36, 0.68],
    hue: 3.1,
    brightness: [0.75, 1.1],
    tilt: 1.5,
    texture: paint,
  },
  {
    name: 'horse',
    formations: [['horse']],
    metres: [1.7, 2.1],
    share: [0.45, 0.8],
    hue: 0.15,
    brightness: [0.65, 1.5],
    tilt: 5,
    texture: fur,
  },
  {
    name: 'boat',
    formations: [['sailboat'], ['sailboat'], ['speedboat'], ['motor-boat'], ['canoe']],
    metres: [2.4, 4.5],
    share: [0.36, 0.8],
    hue: 1.2,
    brightness: [0.8, 1.1],
    tilt: 6,
    texture: paint,
  },
  {
    name: 'train',
    formations: [
      ['locomotive', 'railway-car'],
      ['bullet-train', '-bullet-train'],
      ['train'],
      ['tram'],
      ['railway-car', 'railway-car'],
    ],
    metres: [3.4, 4.2],
    share: [0.4, 0.7],
    hue: 0.9,
    brightness: [0.75, 1.1],
    tilt: 0.8,
    texture: paint,
  },
  {
    name: 'cup',
    formations: [['hot-beverage'], ['teacup-without-handle']],
    metres: [0.12, 0.17],
    share: [0.36, 0.66],
    hue: 2.5,
    brightness: [0.8, 1.05],
    tilt: 4,
    texture: paint,
  },
  {
    name: 'aeroplane',
    formations: [['airplane'], ['small-airplane'], ['airplane-departure'], ['airplane-arrival']],
    metres: [4, 6],
    share: [0.4, 0.75],
    hue: 0.8,
    brightness: [0.85, 1.05],
    tilt: 25,
    texture: paint,
  },
  {
    name: 'bicycle',
    formations: [['bicycle']],
    metres: [1.1, 1.3],
    share: [0.4, 0.7],
    hue: 3.1,
    brightness: [0.75, 1.05],
    tilt: 4,
    texture: paint,
  },
]

/**
 * How many of `photos` photos show each class: 100, 62, 42, 29, 21, 15, 11, 8 and 6 of 160. The exponent bends the
 * geometric fall a little, so that the middle of the tail is thinner than a straight line in the logarithm.
 */
export function classCounts(photos: number): readonly number[] {
  const last = sampleClasses.length - 1
  return sampleClasses.map((_, rank) => Math.max(1, Math.round(0.625 * photos * 0.06 ** ((rank / last) ** 0.85))))
}
