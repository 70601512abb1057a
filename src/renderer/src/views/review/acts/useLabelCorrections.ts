import { computed } from 'vue'
import type { LabelState } from '../../../../../shared/contract/states'
import { useDatasetStore } from '../../../stores/dataset'
import { useNoticesStore } from '../../../stores/notices'
import { editorTexts } from '../../../texts/editor'
import type { OpenedPhoto } from '../desk/openedPhoto'
import { shallowRef, watch } from 'vue'

/** The photo's own labels: what a person corrects while reviewing goes to the dataset, where it can be taken back. */
export function useLabelCorrections(current: () => OpenedPhoto | undefined, names: () => readonly string[]) {
  const dataset = useDatasetStore()
  const notices = useNoticesStore()
  const corrected = shallowRef<ReadonlyMap<number, LabelState>>(new Map())
  watch(current, () => (corrected.value = new Map()))

  const labelled = computed<ReadonlyMap<number, LabelState>>(
    () =>
      new Map([
        ...(current()?.fetched.facts.labels ?? []).map(({ place, state }) => [place, state] as const),
        ...corrected.value,
      ]),
  )

  async function set(label: number, present: boolean): Promise<void> {
    const photo = current()
    if (photo === undefined) return
    const state = present ? 'present' : 'absent'
    await notices.attempt(async () => {
      await dataset.setLabel({ ids: [photo.image] }, label - 1, state)
      if (photo === current()) corrected.value = new Map(corrected.value).set(label - 1, state)
      notices.say({
        kind: 'info',
        text: editorTexts.classes.labelChanged(names()[label - 1] ?? String(label), present),
      })
    })
  }

  return { labelled, set }
}
