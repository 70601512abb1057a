import { ref } from 'vue'
import type { useReviewDesk } from '../desk/useReviewDesk'
import type { useReviewQueue } from '../queue/useReviewQueue'

interface RebaseAllParts {
  readonly desk: ReturnType<typeof useReviewDesk>
  readonly queue: ReturnType<typeof useReviewQueue>
}

/** Before and after all corrections are laid over other masks. */
export function useRebaseAll({ desk, queue }: RebaseAllParts) {
  /** Whether the dialog is open. */
  const rebasingAll = ref(false)

  /** Everything that was drawn is on the disk, or cannot be. */
  async function settle(): Promise<void> {
    await desk.current.value?.saver.flush()
    await desk.kept.settled()
  }

  /** Many masks are other ones now: the list and all photos that are held here are read anew. */
  function reopen(): void {
    queue.reload()
    desk.kept.forgetSaved()
    void desk.reload()
  }

  return { rebasingAll, settle, reopen }
}
