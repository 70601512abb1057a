import { expect, test } from 'vitest'
import { orderFromText, orderText } from './seedsOrder'

test.each(['name', 'labels', 'certainty:12:lpcam', 'certainty:3:a step: with colons'])(
  'the order "%s" goes into an address and comes back',
  text => expect(orderText(orderFromText(text))).toBe(text),
)

test('what an address says wrongly is the order by name', () => {
  for (const text of [undefined, ['size'], 'sideways', 'certainty:', 'certainty:photo', 'certainty:x:lpcam'])
    expect(orderFromText(text)).toBe('name')
})
