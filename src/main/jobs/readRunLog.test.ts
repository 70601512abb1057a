import { appendFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { readRunLog } from './readRunLog'
import { RunLog } from './runLog'

const texts = (page: { readonly lines: readonly { readonly line: string }[] }) => page.lines.map(({ line }) => line)

test('a run that has not begun has an empty log', async () => {
  expect(await readRunLog(temporaryFolder(), {})).toEqual({ lines: [], from: 0, next: 0 })
})

test('what is written later follows where the page ended; a line that is cut is waited for', async () => {
  const folder = temporaryFolder()
  using log = new RunLog(folder)
  log.write('cam', 'first')
  const page = await readRunLog(folder, {})
  expect(texts(page)).toEqual(['first'])
  log.write(null, 'second')
  const file = join(folder, 'log.ndjson')
  appendFileSync(file, '{"at":"","step":null,"li')
  const grown = await readRunLog(folder, { after: page.next })
  expect(texts(grown)).toEqual(['second'])
  appendFileSync(file, 'ne":"third"}\n')
  expect(texts(await readRunLog(folder, { after: grown.next }))).toEqual(['third'])
})

test('a long log is read from its end, page by page, every line once', async () => {
  const folder = temporaryFolder()
  const lines = Array.from({ length: 5_000 }, (_, i) => ({ at: '', step: null, line: `line ${i} ${'é'.repeat(40)}` }))
  writeFileSync(join(folder, 'log.ndjson'), lines.map(line => `${JSON.stringify(line)}\n`).join(''))
  let page = await readRunLog(folder, {})
  const read = texts(page)
  while (page.from > 0) {
    page = await readRunLog(folder, { before: page.from })
    read.unshift(...texts(page))
  }
  expect(read).toEqual(lines.map(({ line }) => line))
})
