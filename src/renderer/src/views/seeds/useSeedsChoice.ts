import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { choiceFromQuery, choiceKeys, choiceToQuery, type SeedsChoice } from './seedsAddress'

/** Browsers slow down pages that write their address in every frame. */
const writeAfterMs = 200

export interface ChosenSeeds {
  readonly choice: Readonly<ShallowRef<SeedsChoice>>
  /** @param history whether "back" undoes it: choices do, sliders do not */
  readonly choose: (changes: Partial<SeedsChoice>, history?: 'push' | 'replace') => void
}

/** What the address says is chosen; what is chosen goes into the address a moment later. */
export function useSeedsChoice(): ChosenSeeds {
  const route = useRoute()
  const router = useRouter()
  const choice = shallowRef(choiceFromQuery(route.query))
  let pending: ReturnType<typeof setTimeout> | undefined

  function write(history: 'push' | 'replace'): void {
    clearTimeout(pending)
    pending = undefined
    const others = Object.entries(route.query).filter(([key]) => !(choiceKeys as readonly string[]).includes(key))
    const query = { ...Object.fromEntries(others), ...choiceToQuery(choice.value) }
    void router[history]({ query })
  }

  function choose(changes: Partial<SeedsChoice>, history: 'push' | 'replace' = 'replace'): void {
    choice.value = { ...choice.value, ...changes }
    if (history === 'push') return write('push')
    clearTimeout(pending)
    pending = setTimeout(() => write('replace'), writeAfterMs)
  }

  watch(
    () => route.query,
    query => {
      const asked = choiceFromQuery(query)
      const differs = JSON.stringify(choiceToQuery(asked)) !== JSON.stringify(choiceToQuery(choice.value))
      if (pending === undefined && route.name === 'seeds' && differs) choice.value = asked
    },
  )
  onScopeDispose(() => clearTimeout(pending))
  return { choice, choose }
}
