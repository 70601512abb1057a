import { expect, test } from 'vitest'
import { escapeHtml, html } from './html'
import { lineChart, numberText } from './lineChart'

test('a curve runs from corner to corner of its axes, with a gap where a value was no number', () => {
  const points = [[0, 0], [1, 50], [2, null], [3, 75], [4, 100]] as const // prettier-ignore
  const { text } = lineChart([{ name: 'loss', points }], { across: 'epoch' })
  expect(text).toContain('d="M56.00 210.00h.01L219.00 111.00M545.00 61.50h.01L708.00 12.00"')
  expect(text).toContain('loss · 100 at the end')
  expect([...text.matchAll(/text-anchor="end">([^<]+)</g)].map(([, label]) => label)).toEqual([
    '0',
    '50',
    '100',
    'epoch',
  ])
})

test('one value has axes too, and none is said in words', () => {
  expect(lineChart([{ name: 'loss', points: [[5, 2]] }], { across: 'epoch' }).text).toContain('M382.00 111.00')
  expect(lineChart([{ name: 'loss', points: [[1, null]] }], { across: 'epoch' }).text).toContain(
    'No values were recorded',
  )
})

test('numbers keep three digits that count', () => {
  expect([0, 0.012345, 12.345, 1234.5, 1e-7, 2.5e6].map(numberText)).toEqual(['0', '0.0123', '12.3', '1,234.5', '1.00e-7', '2.50e+6']) // prettier-ignore
})

test('text is escaped once, pieces of HTML are kept, control characters replaced', () => {
  expect(html`<p title="${'a"b'}">${'<b>&'}${[html`<i>${1}</i>`]}</p>`.text).toBe(
    '<p title="a&quot;b">&lt;b&gt;&amp;<i>1</i></p>',
  )
  expect(escapeHtml('a\u0000b\u009fc\td')).toBe('a\ufffdb\ufffdc\td')
})
