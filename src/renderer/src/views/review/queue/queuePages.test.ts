import { expect, test } from 'vitest'
import type { QueueItem } from '../../../../../shared/contract/reviewQueue'
import { queuePages, type QueuePage } from './queuePages'

const item = (image: number) => ({ image }) as QueueItem
const images = ({ items }: ReturnType<typeof queuePages>) => items.value.map(({ image }) => image)

/** Pages of two of the photos 1 … 7, each held back until it is let go. */
function heldPages() {
  const held: (() => void)[] = []
  const pages = queuePages(
    after =>
      new Promise<QueuePage>(resolve => {
        const next = after + 2 >= 7 ? null : after + 2
        held.push(() => resolve({ items: [item(after + 1), item(after + 2)].filter(({ image }) => image <= 7), next }))
      }),
  )
  pages.begin({ items: [item(1), item(2)], next: 2 })
  return { pages, held }
}

test('whoever asks while a page is on its way waits for it, and it is fetched once', async () => {
  const { pages, held } = heldPages()
  const both = Promise.all([pages.more(), pages.more()])
  held[0]!()
  await both
  expect(held).toHaveLength(1)
  expect(images(pages)).toEqual([1, 2, 3, 4])
})

test('a photo that is looked for while a page of another list is on its way does not stop the window', async () => {
  const { pages, held } = heldPages()
  void pages.more()
  pages.begin({ items: [item(1)], next: 1 })
  const found = pages.until(() => images(pages).includes(5))
  await new Promise(resolve => setTimeout(resolve)) // a loop that waits for nothing would never come here
  for (let page = 0; page < 3; page++) {
    held[page]!()
    await new Promise(resolve => setTimeout(resolve))
  }
  await found
  expect(images(pages)).toEqual([1, 2, 3, 4, 5])
})

test('what is not in the list is looked for to its end, and a page that cannot be fetched ends the search', async () => {
  const { pages, held } = heldPages()
  const looking = pages.until(() => false)
  for (let page = 0; page < 3; page++) {
    held[page]!()
    await new Promise(resolve => setTimeout(resolve))
  }
  await looking
  expect(images(pages)).toEqual([1, 2, 3, 4, 5, 6, 7])
  const broken = queuePages(() => Promise.reject(new Error('no answer')))
  broken.begin({ items: [item(1)], next: 1 })
  await expect(broken.until(() => false)).rejects.toThrow('no answer')
})
