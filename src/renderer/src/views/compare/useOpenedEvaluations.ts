import { watch } from 'vue'
import type { useEvaluationsStore } from '../../stores/evaluations'

/**
 * Opens the two newest evaluations, the older one first, where the address names none, once nothing more is being
 * measured. Where a third is measured after all, which is heard of after the first figures, they are the two newest then.
 * @param named what the address names
 * @param isEmptied a person took the last one out: nothing is put in its place
 */
export function useOpenedEvaluations(
  store: ReturnType<typeof useEvaluationsStore>,
  named: () => readonly number[],
  isEmptied: () => boolean,
  open: (ids: readonly number[]) => void,
): void {
  let opened = ''
  watch(
    [() => (isSettled() ? newest() : ''), () => named().join()] as const,
    ([now, ids]) => {
      if (now === '' || isEmptied() || (ids !== '' && ids !== opened)) return
      opened = now
      if (now !== ids) open(now.split(',').map(Number))
    },
    { immediate: true, flush: 'post' },
  )

  function isSettled(): boolean {
    return store.loaded && !store.refreshing && store.running.length === 0
  }
  function newest(): string {
    return store.rows
      .slice(0, 2)
      .map(({ id }) => id)
      .reverse()
      .join()
  }
}
