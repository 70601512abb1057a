import { expect, test } from 'vitest'
import { exactDuration } from './exactDuration'
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
  expect(exactDuration(ms)).toBe(text)
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
