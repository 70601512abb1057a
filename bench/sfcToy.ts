import { longTailToy } from '../tests/helpers/longTailToy'
import { type ToyOutcome, type ToySettings, trainToy } from '../tests/helpers/trainToy'
import { benchEngine, report } from './support/measure'

/**
 * What SFC's parts do where its reason can be seen: 1,264 synthetic images of six classes with a long tail, ideal features
 * with a direction that all classes share, 12 epochs, 400 balanced tests; means over five seeds. docs/measurements/sfc.md
 * has the table and what it says; a unit test holds a smaller form of it.
 *
 *   npm run bench -- sfcToy [--only 'plain;image bank']
 */
const args = process.argv.slice(2)
const seeds = [1, 2, 3, 4, 5]
const losses = { prototypeLoss: 1.6, scaleLoss: 0.8 }
const configurations: Readonly<Record<string, Partial<ToySettings>>> = {
  plain: {},
  'image bank': { draws: 4 },
  'L_W alone': { scaleLoss: 0.8 },
  'L_P alone': { prototypeLoss: 1.6 },
  'L_P and L_W': losses,
  'L_P and L_W, coefficients as with the bank': { ...losses, countedDraws: 4 },
  'bank, L_P and L_W, all classes alike': { ...losses, draws: 4, coefficients: 'even' },
  'bank, L_P and L_W': { ...losses, draws: 4 },
}
const plain = { epochs: 12, draws: 0, prototypeLoss: 0, scaleLoss: 0, coefficients: 'demand' } as const

const only = args.includes('--only') ? args[args.indexOf('--only') + 1]!.split(';') : Object.keys(configurations)

benchEngine()
report(
  "SFC on synthetic images with a long tail, the classifier's map, five seeds",
  Object.entries(configurations)
    .filter(([what]) => only.includes(what))
    .map(([what, settings]) => ({ what, ...meansOf({ ...plain, ...settings }) })),
)

function meansOf(settings: ToySettings): Record<string, number> {
  const outcomes = seeds.map(seed =>
    trainToy(longTailToy(1264, seed), longTailToy(400, seed + seeds.length, true), settings, seed),
  )
  const mean = (of: (outcome: ToyOutcome) => number, digits: number) =>
    Number((outcomes.reduce((sum, outcome) => sum + of(outcome), 0) / outcomes.length).toFixed(digits))
  return {
    mIoU: mean(({ miou }) => miou, 1),
    'two rarest': mean(({ tail }) => tail, 1),
    'two most frequent': mean(({ head }) => head, 1),
    "prototypes' map": mean(({ prototypeMiou }) => prototypeMiou, 1),
    'shared part of the rarest': mean(({ shared }) => shared, 2),
  }
}
