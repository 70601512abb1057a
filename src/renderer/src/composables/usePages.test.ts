import { afterEach, beforeEach, expect, test } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { usePages, type Page } from './usePages'

let scope: EffectScope
beforeEach(() => void (scope = effectScope()))
afterEach(() => scope.stop())

/** A list of ten rows in pages of four, named after its key; a page comes when it is told to. */
function list() {
  const key = ref<string | undefined>('a')
  const asked: string[] = []
  const pending = new Map<string, { give: () => void; fail: (cause: Error) => void }>()
  const fetch = (name: string, offset: number, limit: number) =>
    new Promise<Page<string>>((resolve, reject) => {
      const rows = Array.from({ length: Math.min(limit, 10 - offset) }, (_, i) => `${name}${offset + i}`)
      asked.push(`${name}${offset}`)
      pending.set(`${name}${offset}`, { give: () => resolve({ total: 10, rows }), fail: reject })
    })
  const pages = scope.run(() => usePages(() => key.value, fetch, 4))!
  const settle = () => new Promise(resolve => setTimeout(resolve))
  const give = async (page: string) => (pending.get(page)!.give(), await settle())
  const fail = async (page: string) => (pending.get(page)!.fail(new Error('gone')), await settle())
  return { key, asked, pages, give, fail }
}

test('pages are asked for once, when they come into view', async () => {
  const { asked, pages, give } = list()
  await give('a0')
  expect([pages.head.value?.total, pages.rowAt(3), pages.rowAt(4)]).toEqual([10, 'a3', undefined])
  let isHere = false
  void pages.want(2, 7).then(() => (isHere = true))
  const again = pages.want(5, 6)
  expect(isHere).toBe(false)
  await give('a4')
  await again
  expect([isHere, pages.rowAt(5), asked]).toEqual([true, 'a5', ['a0', 'a4']])
  void pages.want(8, 20_000)
  expect(asked).toEqual(['a0', 'a4', 'a8'])
})

test('another list takes the place of the one before when its first page comes, in whatever order', async () => {
  const { key, pages, give } = list()
  await give('a0')
  key.value = 'b'
  await nextTick()
  expect(pages.rowAt(0)).toBe('a0')
  void pages.want(4, 4)
  await give('b4')
  expect([pages.rowAt(0), pages.rowAt(4)]).toEqual([undefined, 'b4'])
  await give('b0')
  expect([pages.rowAt(0), pages.rowAt(4)]).toEqual(['b0', 'b4'])
})

test('an answer about an earlier list is dropped', async () => {
  const { key, pages, give } = list()
  key.value = 'b'
  await nextTick()
  await give('b0')
  await give('a0')
  expect(pages.rowAt(0)).toBe('b0')
})

test('a page that failed says so, and is asked for again', async () => {
  const { asked, pages, give, fail } = list()
  await give('a0')
  const wanted = pages.want(4, 4)
  await fail('a4')
  await wanted
  expect(pages.error.value).toEqual(new Error('gone'))
  void pages.want(4, 4)
  await give('a4')
  expect([pages.error.value, pages.rowAt(4), asked]).toEqual([undefined, 'a4', ['a0', 'a4', 'a4']])
})
