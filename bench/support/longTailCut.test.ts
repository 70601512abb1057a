import { expect, test } from 'vitest'
import { longTailCut } from './longTailCut'

const photo = (name: string, ...classes: readonly string[]) => ({ name, classes })

test('the rarest class chooses first, and no class goes beyond its quota', () => {
  const photos = [
    photo('a', 'cat'),
    photo('b', 'cat', 'cow'),
    photo('c', 'cow'),
    photo('d', 'cat', 'cow'),
    photo('e', 'cat'),
    photo('f', 'cat'),
    photo('g', 'sofa'),
  ]
  // Cow: b and c, the first two. Cat has b already: a and e; f would be the fourth.
  const cut = longTailCut(photos, { cat: 3, cow: 2 })
  expect(cut.map(({ name }) => name)).toEqual(['a', 'b', 'c', 'e'])
})

test('a photo of a rare class is left out when it would bring a common one beyond its quota', () => {
  const photos = [photo('a', 'cat', 'cow'), photo('b', 'cat', 'cow'), photo('c', 'cow'), photo('d', 'cat')]
  const cut = longTailCut(photos, { cat: 1, cow: 2 })
  expect(cut.map(({ name }) => name)).toEqual(['a', 'c'])
})
