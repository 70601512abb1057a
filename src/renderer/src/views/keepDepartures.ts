import type { RouteLocationResolved, Router } from 'vue-router'

/**
 * A person who is on the way to another screen arrives there. Screens write what they found, as the first photo of a list,
 * into their own address when it comes; the router would drop the way to a screen that is still being fetched for that.
 */
export function keepDepartures(router: Router): Router {
  const { push, replace } = router
  let departure: RouteLocationResolved | undefined
  const here = () => router.currentRoute.value.name

  router.push = async target => {
    const to = router.resolve(target)
    if (to.name === here()) return push(target)
    departure = to
    try {
      return await push(target)
    } finally {
      if (departure === to) departure = undefined
    }
  }
  router.replace = target => {
    const isOwnAddress = router.resolve(target).name === here()
    return departure !== undefined && isOwnAddress ? Promise.resolve() : replace(target)
  }
  return router
}
