import { computed, type ComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { readAddress, writeAddress, type CompareAddress } from './compareAddress'

export interface AddressHandle {
  readonly address: ComputedRef<CompareAddress>
  /** Goes to the address with these parts changed; `quiet` leaves no step to go back to. */
  readonly change: (parts: Partial<CompareAddress>, quiet?: 'quiet') => void
}

/** What the screen shows is what its address says. */
export function useCompareAddress(): AddressHandle {
  const route = useRoute()
  const router = useRouter()
  const address = computed(() => readAddress(route.query))

  function change(parts: Partial<CompareAddress>, quiet?: 'quiet'): void {
    const query = writeAddress({ ...address.value, ...parts })
    void (quiet === 'quiet' ? router.replace({ query }) : router.push({ query }))
  }
  return { address, change }
}
