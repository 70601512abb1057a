import { expect, test } from 'vitest'
import { createMemoryHistory, createRouter } from 'vue-router'
import { keepDepartures } from './keepDepartures'

/** On the Seeds screen; the Review screen is fetched when `arrive` is called. */
async function onSeeds() {
  let arrive: (component: object) => void = () => undefined
  const review = new Promise<object>(resolve => (arrive = resolve))
  const routes = [
    { path: '/seeds/:image?', name: 'seeds', component: {} },
    { path: '/review/:image?', name: 'review', component: () => review },
  ]
  const router = keepDepartures(createRouter({ history: createMemoryHistory(), routes }))
  await router.push('/seeds')
  return { router, arrive: () => arrive({}) }
}

test('a screen that writes its address does not hold up who is leaving it', async () => {
  const { router, arrive } = await onSeeds()
  const leaving = router.push('/review')
  await router.replace('/seeds/2')
  await router.replace({ name: 'seeds', params: { image: 3 } })
  arrive()
  await leaving
  expect(router.currentRoute.value.fullPath).toBe('/review')
})

test('who goes nowhere else has the address written, also after arriving', async () => {
  const { router, arrive } = await onSeeds()
  await router.replace('/seeds/2')
  expect(router.currentRoute.value.fullPath).toBe('/seeds/2')
  arrive()
  await router.push('/review')
  await router.replace('/review/4?order=name')
  expect(router.currentRoute.value.fullPath).toBe('/review/4?order=name')
})

test('who changes their mind while leaving goes where they said last', async () => {
  const { router, arrive } = await onSeeds()
  const leaving = router.push('/review')
  await router.push('/seeds/5')
  arrive()
  await leaving
  expect(router.currentRoute.value.fullPath).toBe('/seeds/5')
})
