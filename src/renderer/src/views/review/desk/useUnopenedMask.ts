import { computed } from 'vue'
import { api } from '../../../api/client'
import { sendMask } from '../../../api/reviewBytes'
import { useNoticesStore } from '../../../stores/notices'
import { reviewTexts } from '../../../texts/review'
import { UnopenedMask } from './unopenedMask'
import type { DeskKey, useReviewDesk } from './useReviewDesk'

interface UnopenedParts {
  readonly key: () => Pick<DeskKey, 'project' | 'source'>
  readonly desk: ReturnType<typeof useReviewDesk>
}

/** The way out where a mask cannot be opened: a person says what takes its place, and the photo opens with that. */
export function useUnopenedMask({ key, desk }: UnopenedParts) {
  const notices = useNoticesStore()
  const unopened = computed(() => (desk.error.value instanceof UnopenedMask ? desk.error.value : undefined))

  /** @param replace makes the photo's next version @param done says so */
  async function choose(replace: (mask: UnopenedMask) => Promise<unknown>, done: string): Promise<void> {
    const mask = unopened.value
    if (mask === undefined) return
    await notices.attempt(async () => {
      await replace(mask)
      notices.say({ kind: 'done', text: done })
      await desk.reload()
    })
  }

  const seenOf = ({ facts: { mask, journal } }: UnopenedMask) => ({
    version: mask.version,
    revision: journal.revision,
  })

  return {
    unopened,
    /** @param version 0: what the run had made */
    restoreInstead: (version: number) =>
      choose(mask => {
        const { id: image } = mask.facts.layers.image
        return api.review.restore.mutate({ project: key().project, image, restore: version, ...seenOf(mask) })
      }, reviewTexts.versions.done(version)),
    beginEmpty: () =>
      choose(mask => {
        const { id: image, width, height } = mask.facts.layers.image
        return sendMask({ ...key(), image }, seenOf(mask), new Uint8Array(width * height), { restart: true })
      }, reviewTexts.instead.begun),
  }
}
