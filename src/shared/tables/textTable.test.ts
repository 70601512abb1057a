import { expect, test } from 'vitest'
import { csvText, markdownText } from './textTable'

test('commas, quotes and line ends are quoted, numbers are not, and null is empty', () => {
  expect(
    csvText([
      ['class', 'IoU'],
      ['say "cat", loud', 0.5],
      ['two\nlines', null],
    ]),
  ).toBe('\uFEFFclass,IoU\r\n"say ""cat"", loud",0.5\r\n"two\nlines",\r\n')
})

test('a class name that is a formula is told to be a text', () => {
  expect(csvText([['=HYPERLINK("http://evil.example")', -1.5]])).toBe(
    `\uFEFF"'=HYPERLINK(""http://evil.example"")",-1.5\r\n`,
  )
})

test('a Markdown table lines numbers up and lets no cell break out', () => {
  expect(
    markdownText([
      ['class', 'IoU'],
      ['a|b <img onerror>', 4.5],
      ['c', null],
    ]),
  ).toBe('| class | IoU |\n| --- | ---: |\n| a\\|b \\<img onerror\\> | 4.5 |\n| c | – |\n')
})
