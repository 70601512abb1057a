import type { ImageFilter } from '../../../../shared/contract/imageFilter'
import { classColour } from '../../styles/classColour'
import { datasetTexts } from '../../texts/dataset'

/** One part of a filter, as a person reads it. */
export interface FilterChip {
  readonly text: string
  /** Of the class that it is about. */
  readonly colour?: string
  /** The filter without it. */
  readonly rest: ImageFilter
}

/** The parts of a filter that a person can take away; the split and the truth have controls of their own. */
export function filterChips(filter: ImageFilter, classes: readonly string[]): FilterChip[] {
  const { classes: present = [], without = [], among, text, problem, review } = filter
  const nameOf = (place: number) => classes[place] ?? String(place)
  const chips: FilterChip[] = [
    ...present.map(place => ({
      text: nameOf(place),
      colour: classColour(place),
      rest: withPlaces(
        filter,
        'classes',
        present.filter(other => other !== place),
      ),
    })),
    ...without.map(place => ({
      text: datasetTexts.filter.without(nameOf(place)),
      colour: classColour(place),
      rest: withPlaces(
        filter,
        'without',
        without.filter(other => other !== place),
      ),
    })),
  ]
  if (among !== undefined) chips.push({ text: datasetTexts.filter.among(among.length), rest: dropped(filter, 'among') })
  if (text !== undefined) chips.push({ text: datasetTexts.filter.text(text), rest: dropped(filter, 'text') })
  if (problem !== undefined)
    chips.push({ text: datasetTexts.filter.problem[problem], rest: dropped(filter, 'problem') })
  if (review !== undefined) chips.push({ text: datasetTexts.filter.review(review), rest: dropped(filter, 'review') })
  return chips
}

/** All parts of a filter, for screens without controls of their own for split and truth. */
export function allFilterChips(filter: ImageFilter, classes: readonly string[]): FilterChip[] {
  const { split, truth } = filter
  const texts = datasetTexts.filter
  return [
    ...filterChips(filter, classes),
    ...(split === undefined ? [] : [{ text: texts.split(split), rest: dropped(filter, 'split') }]),
    ...(truth === undefined ? [] : [{ text: texts.truth(truth), rest: dropped(filter, 'truth') }]),
  ]
}

/** A filter with other classes; a part without any is left out. */
export function withPlaces(filter: ImageFilter, key: 'classes' | 'without', places: readonly number[]): ImageFilter {
  return places.length === 0 ? dropped(filter, key) : { ...filter, [key]: [...places] }
}

/** What a click on a class makes of a filter; a second click takes it back. */
export function withClass(filter: ImageFilter, place: number, how: 'only' | 'also' | 'without'): ImageFilter {
  const { classes = [], without = [] } = filter
  const others = (places: readonly number[]) => places.filter(other => other !== place)
  if (how === 'without')
    return withPlaces(
      withPlaces(filter, 'without', without.includes(place) ? others(without) : [...without, place]),
      'classes',
      others(classes),
    )
  const isAlone = classes.length === 1 && classes[0] === place
  const only = isAlone ? [] : [place]
  const also = classes.includes(place) ? others(classes) : [...classes, place]
  return withPlaces(withPlaces(filter, 'classes', how === 'only' ? only : also), 'without', others(without))
}

/** A filter with another value of one part; undefined leaves the part out. */
export function withPart<Key extends keyof ImageFilter>(
  filter: ImageFilter,
  key: Key,
  value: ImageFilter[Key] | undefined,
): ImageFilter {
  return value === undefined ? dropped(filter, key) : { ...filter, [key]: value }
}

function dropped(filter: ImageFilter, key: keyof ImageFilter): ImageFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key))
}
