import { countOf } from '../text/amounts'
/** What a person can do to the classifier and its maps before refining them. */
export const advisedMethods = ['lpcam', 'difference', 'image-bank', 'sfc', 'plain'] as const
export type AdvisedMethod = (typeof advisedMethods)[number]

export const expectations = ['recommended', 'worth trying', 'not expected to help'] as const
export type Expectation = (typeof expectations)[number]

export interface Advice {
  readonly method: AdvisedMethod
  readonly expectation: Expectation
  /** A sentence with the dataset's own numbers. */
  readonly why: string
}

/** What advice is given on. */
export interface AdviceFacts {
  readonly photos: number
  /** Photos of each class. */
  readonly classes: readonly { readonly name: string; readonly photos: number }[]
}

/**
 * Points of mIoU over plain CAM at one scale, of a classifier fitted on a frozen backbone, means over seeds: on 437 photos
 * and on a long-tailed cut of 240 of them. docs/measurements/sfc.json holds the values.
 */
export const measuredGains = { lpcam: { all: 8, cut: 5.2 }, difference: { all: 8.5, cut: 5 } } as const

/**
 * Where measured sets end and published ones begin. 437 photos and a long-tailed cut of 240 were measured: fitted heads,
 * LPCAM and the difference map here (docs/measurements/sfc.md), what training by steps does by an independent study of the
 * same photos (its last section). SFC's own figures are of 10,582 and 82,081. Between them nobody has looked.
 */
const smallSet = 2_000
/** Most over fewest photos of a class that make a long tail: 20 in the cut that was measured, 2 in the whole set. */
const longTail = 5
/** Fewer photos leave a class too few places above the threshold to cluster. */
const fewPhotos = 5

/**
 * Which of plain CAM, image bank, SFC and LPCAM is expected to serve a dataset, and why: the most useful first. It knows
 * the counts alone; what it expects is measured by comparing runs.
 *
 * @returns nothing for a dataset without labels
 */
export function adviseMethods({ photos, classes }: AdviceFacts): readonly Advice[] {
  const present = classes.filter(each => each.photos > 0)
  if (present.length === 0) return []
  const most = present.reduce((a, b) => (b.photos > a.photos ? b : a))
  const fewest = present.reduce((a, b) => (b.photos < a.photos ? b : a))
  const ratio = most.photos / fewest.photos
  const facts = { photos, present: present.length, most, fewest, ratio }
  const advice = [lpcam(facts), difference(facts), imageBank(facts), sfc(facts), plain(facts)]
  return advice.sort((a, b) => expectations.indexOf(a.expectation) - expectations.indexOf(b.expectation))
}

interface Facts {
  readonly photos: number
  readonly present: number
  readonly most: AdviceFacts['classes'][number]
  readonly fewest: AdviceFacts['classes'][number]
  readonly ratio: number
}

function lpcam({ fewest }: Facts): Advice {
  const enough = fewest.photos >= fewPhotos
  return {
    method: 'lpcam',
    expectation: 'recommended',
    why:
      `Its prototypes are of a class’s own places and do not depend on how often the class occurs; ${gained('lpcam')}.` +
      (enough ? '' : ` ${shown(fewest)}: look at its prototypes, there is little to cluster.`),
  }
}

function difference({ present }: Facts): Advice {
  return {
    method: 'difference',
    expectation: 'recommended',
    why:
      present === 1
        ? 'One prototype of the class against one of its background, without clustering: quick to make and to compare.'
        : `One prototype a class against its background’s, without clustering or training by SFC; ${gained('difference')}.`,
  }
}

function gained(method: keyof typeof measuredGains): string {
  const { all, cut } = measuredGains[method]
  return `it gained ${all.toFixed(1)} points over CAM on 437 photos, ${cut.toFixed(1)} on a long-tailed cut of them`
}

function imageBank({ present, most, fewest, ratio }: Facts): Advice {
  if (present === 1) return no('image-bank', `There is one class, “${most.name}”: nothing is rarer than anything else.`)
  if (ratio < longTail) return no('image-bank', `${shown(most)}, ${shown(fewest)}: too even for re-sampling to matter.`)
  return {
    method: 'image-bank',
    expectation: 'worth trying',
    why: `${shown(most)}, ${shown(fewest)}, ${ratio.toFixed(0)} times fewer: seen more often, the rarest class gained up to 3 points where the classifier learns by steps, under 1 where it is fitted.`,
  }
}

function sfc({ photos, present, most, fewest, ratio }: Facts): Advice {
  if (present === 1) return no('sfc', 'With one class there is nothing that classes could share.')
  if (photos < smallSet)
    return no(
      'sfc',
      `Its losses were made for ten thousand photos and more; on 437 they cost points. This set has ${photos}: if at all, take the preset small-set.`,
    )
  return {
    method: 'sfc',
    expectation: 'worth trying',
    why: `${photos} photos${ratio >= longTail ? ` with a long tail (${shown(most)}, ${shown(fewest)})` : ''}: what its paper gains on, with the backbone fine-tuned on a GPU.`,
  }
}

function plain({ ratio, present }: Facts): Advice {
  return {
    method: 'plain',
    expectation: 'worth trying',
    why:
      present > 1 && ratio >= longTail
        ? 'The measure for all others, and the least work; rare classes will be small in it.'
        : 'The measure for all others, and the least work.',
  }
}

function no(method: AdvisedMethod, why: string): Advice {
  return { method, expectation: 'not expected to help', why }
}

function shown({ name, photos }: AdviceFacts['classes'][number]): string {
  return `“${name}” is in ${countOf(photos, 'photo')}`
}
