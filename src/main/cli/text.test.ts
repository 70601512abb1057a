import { expect, test } from 'vitest'
import { bytes, counted, duration, percent } from './format'
import { progressView } from './progress'
import { table } from './table'

test('columns line up, numbers to the right, and no line ends in spaces', () => {
  const columns = [{ title: 'class' }, { title: 'IoU', align: 'right' }, { title: '' }] as const
  const rows = [
    ['background', '80.4', ''],
    ['chat «é»', '5.0', 'few'],
  ]
  expect(table(columns, rows)).toBe(['class        IoU', 'background  80.4', 'chat «é»     5.0  few'].join('\n'))
})

test.each([
  [850, '850 ms'],
  [12_400, '12 s'],
  [59_600, '1 min 00 s'],
  [200_000, '3 min 20 s'],
  [7_500_000, '2 h 05 min'],
])('%d ms is written %s', (ms, text) => {
  expect(duration(ms)).toBe(text)
})

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [8e9, '8.0 GB'],
])('%d bytes are written %s', (count, text) => {
  expect(bytes(count)).toBe(text)
})

test('a share that is not defined is a dash, and one photo has no s', () => {
  expect([percent(0.4567), percent(null), percent(0.4567, 2)]).toEqual(['45.7', '–', '45.67'])
  expect([counted(1, 'photo'), counted(2, 'photo')]).toEqual(['1 photo', '2 photos'])
})

test('where there is no terminal, a stage is a line at its beginning and one at its end', () => {
  const lines: string[] = []
  const stream = { isTTY: false, write: (line: string) => lines.push(line) } as unknown as NodeJS.WriteStream
  const view = progressView(stream)
  const at = (stage: string, done: number) => ({ done, total: 4, unit: 'photos', stage, etaMs: done === 1 ? 900 : 0 })
  for (const stage of ['features', 'maps']) for (const done of [1, 2, 3, 4, 4]) view.update('cam', at(stage, done))
  expect(lines).toEqual([
    'cam · features: 1/4 photos, 1 s left\n',
    'cam · features: 4/4 photos\n',
    'cam · maps: 1/4 photos, 1 s left\n',
    'cam · maps: 4/4 photos\n',
  ])
})
