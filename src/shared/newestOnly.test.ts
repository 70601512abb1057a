import { expect, test } from 'vitest'
import { newestOnly } from './newestOnly'

test('a newer question makes the answers to older ones count no more', () => {
  const questions = newestOnly()
  const isFirst = questions.ask()
  expect(isFirst()).toBe(true)
  const isSecond = questions.ask()
  expect([isFirst(), isSecond()]).toEqual([false, true])
})

test('what follows a question counts as long as it does', () => {
  const questions = newestOnly()
  const isFirst = questions.ask()
  const isMore = questions.follow()
  expect([isFirst(), isMore()]).toEqual([true, true])
  questions.ask()
  expect([isFirst(), isMore()]).toEqual([false, false])
})

test('after a withdrawal no answer counts', () => {
  const questions = newestOnly()
  const isFirst = questions.ask()
  questions.withdraw()
  expect(isFirst()).toBe(false)
})
