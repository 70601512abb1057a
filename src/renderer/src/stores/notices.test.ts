import { createPinia, setActivePinia } from 'pinia'
import { expect, test } from 'vitest'
import { useNoticesStore } from './notices'

function notices() {
  setActivePinia(createPinia())
  return useNoticesStore()
}

test('what is said again stands once, as the newest, and lasts anew', () => {
  const store = notices()
  for (const text of ['taken back', 'saved', 'taken back']) store.say({ kind: 'info', text })
  expect(store.notices).toEqual([
    { id: 2, kind: 'info', text: 'saved' },
    { id: 3, kind: 'info', text: 'taken back' },
  ])
})

test('the same words of another kind or with another link are another notice', () => {
  const store = notices()
  const link = (to: string) => ({ text: 'Open', to })
  store.say({ kind: 'done', text: 'The run is done.', link: link('/runs/1') })
  store.say({ kind: 'done', text: 'The run is done.', link: link('/runs/2') })
  store.say({ kind: 'error', text: 'The run is done.' })
  expect(store.notices).toHaveLength(3)
})
