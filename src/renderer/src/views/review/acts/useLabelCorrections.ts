import { computed, shallowRef, triggerRef, watch } from 'vue'
import type { PhotoLabel } from '../../../../../shared/contract/photos'
import { api } from '../../../api/client'
import { useDatasetStore } from '../../../stores/dataset'
import { useNoticesStore } from '../../../stores/notices'
import { editorTexts } from '../../../texts/editor'
import type { OpenedPhoto } from '../desk/openedPhoto'

/** A photo's labels as they were when the dataset had this version. */
interface SeenLabels {
  readonly version: number
  /** Undefined: those that the photo was fetched with. */
  readonly labels?: readonly PhotoLabel[]
}

/**
 * The photo's own labels: what a person corrects while reviewing goes to the dataset, where it can be taken back. They
 * are asked for again when any label of the project changed, here or elsewhere.
 */
export function useLabelCorrections(current: () => OpenedPhoto | undefined, names: () => readonly string[]) {
  const dataset = useDatasetStore()
  const notices = useNoticesStore()
  const seen = shallowRef(new WeakMap<OpenedPhoto, SeenLabels>())

  async function renew(photo: OpenedPhoto, version: number): Promise<void> {
    const { labels } = seen.value.get(photo) ?? {}
    seen.value.set(photo, { version, ...(labels === undefined ? {} : { labels }) })
    const { project, image } = photo.fetched.reviewed
    const answer = await api.images.get.query({ project, image })
    if (seen.value.get(photo)?.version !== version) return
    seen.value.set(photo, { version, labels: answer.labels })
    triggerRef(seen)
  }

  watch(
    [current, () => dataset.version],
    ([photo, version]) => {
      if (photo === undefined) return
      const known = seen.value.get(photo)
      if (known === undefined) seen.value.set(photo, { version })
      else if (known.version !== version) void notices.attempt(() => renew(photo, version))
    },
    { immediate: true },
  )

  const labelled = computed(() => {
    const photo = current()
    const labels = photo && (seen.value.get(photo)?.labels ?? photo.fetched.facts.labels)
    return new Map((labels ?? []).map(({ place, state }) => [place, state]))
  })

  async function set(label: number, present: boolean): Promise<void> {
    const photo = current()
    if (photo === undefined) return
    await notices.attempt(async () => {
      await dataset.setLabel({ ids: [photo.image] }, label - 1, present ? 'present' : 'absent')
      const text = editorTexts.classes.labelChanged(names()[label - 1] ?? String(label), present)
      notices.say({ kind: 'info', text })
    })
  }

  return { labelled, set }
}
