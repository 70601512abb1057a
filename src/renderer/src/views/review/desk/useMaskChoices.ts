import { ref, watch } from 'vue'
import { isSameOrigin, type ReviewMask, type ReviewSource } from '../../../../../shared/contract/review'
import { api } from '../../../api/client'
import { useNoticesStore } from '../../../stores/notices'
import { originTitle, reviewTexts, versionOriginText } from '../../../texts/review'
import type { useReviewDesk } from './useReviewDesk'

/** Which mask it shall be: between two windows that drew on one photo, and among the versions. */
export function useMaskChoices({ current, reload }: ReturnType<typeof useReviewDesk>) {
  const notices = useNoticesStore()
  /** The version that the other window made. */
  const theirVersion = ref(0)

  /** What stands on the disk. */
  async function standing() {
    const { mask, journal } = await api.review.photo.query(current.value!.fetched.reviewed)
    return { mask, journal }
  }

  watch(
    () => current.value?.saved.value.state.kind === 'conflict',
    async inConflict => {
      if (inConflict === true) await notices.attempt(async () => (theirVersion.value = (await standing()).mask.version))
    },
  )

  async function keepMine(): Promise<void> {
    const photo = current.value
    if (photo !== undefined) await notices.attempt(async () => photo.saver.overrule(await standing()))
  }

  async function takeTheirs(): Promise<void> {
    current.value?.saver.drop()
    await reload()
  }

  /** Makes an earlier version the newest. @param version 0: what the run had made */
  async function restore(version: number): Promise<void> {
    const photo = current.value
    if (photo === undefined) return
    await notices.attempt(async () => {
      await photo.saver.flush()
      const { project, image } = photo.fetched.reviewed
      const before = photo.saver.mask
      const seen = { version: before.version, revision: photo.saver.journal.revision }
      const { mask } = await api.review.restore.mutate({ project, image, restore: version, ...seen })
      await reload()
      const shown = current.value?.image === image ? current.value.saver.mask : mask
      notices.say({ kind: 'done', text: restoredText(version, { before, restored: mask, shown }) })
    })
  }

  /** Lays what a person changed over another step's mask: the next version. */
  async function rebase(onto: ReviewSource): Promise<void> {
    const photo = current.value
    if (photo === undefined) return
    await notices.attempt(async () => {
      await photo.saver.flush()
      const { project, image } = photo.fetched.reviewed
      const before = photo.saver.mask.version
      const seen = { version: before, revision: photo.saver.journal.revision }
      await api.review.rebase.mutate({ project, image, source: { run: onto.run, step: onto.step }, ...seen })
      notices.say({ kind: 'done', text: reviewTexts.rebase.done(before) })
      await reload()
    })
  }

  return { theirVersion, keepMine, takeTheirs, restore, rebase }
}

/**
 * Names what the version was made from where that is another mask than before, or not known. A mask without a person's
 * pixels gives way to that of the run that is listed, which is then what is `shown`.
 */
function restoredText(
  version: number,
  { before, restored, shown }: Record<'before' | 'restored' | 'shown', ReviewMask>,
) {
  const { done, doneWithOrigin, doneAndListed } = reviewTexts.versions
  const { origin, originKnown } = restored
  if (!originKnown) return doneWithOrigin(version, versionOriginText('unknown'))
  if (shown.origin !== null && !isSameOrigin(shown.origin, origin))
    return doneAndListed(version, originTitle(shown.origin))
  const isAsBefore = before.originKnown && isSameOrigin(before.origin, origin)
  return version === 0 || isAsBefore ? done(version) : doneWithOrigin(version, versionOriginText(origin))
}
