import { expect, test } from 'vitest'
import { safeFileName } from './safeFileName'

test.each(['2007_000032', 'my photo', 'ünï', 'a.b', '.hidden'])('%j may name an exported file', stem => {
  expect(safeFileName(stem)).toBe(stem)
})

test.each(['', '.', '..', '../a', 'a/b', 'a\\b', 'C:a', 'a\nb', 'a.', 'a ', 'con', 'NUL.1', 'a\u0000b', 'a*'])(
  'an export to %j is refused',
  stem => {
    expect(() => safeFileName(stem)).toThrow(/cannot name an exported file/)
  },
)
