import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { LabelHistoryState } from '../../../shared/contract/datasetStats'
import type { PhotoChoice } from '../../../shared/contract/imageFilter'
import type { LabelState } from '../../../shared/contract/states'
import { api } from '../api/client'
import { useLiveStore } from './live'
import { useProjectsStore } from './projects'

const noHistory: LabelHistoryState = { undo: null, redo: null }

/** The photos and labels of the project that this tab shows: when they changed, and edits of labels. */
export const useDatasetStore = defineStore('dataset', () => {
  const projects = useProjectsStore()
  const project = computed(() => projects.current?.key)
  /** Another number than before: photos, classes or labels are different now. */
  const version = ref(0)
  /** Another number than before: what was said of masks is different now. */
  const reviews = ref(0)
  const history = shallowRef(noHistory)

  async function setLabel(photos: PhotoChoice, place: number, state: LabelState | null): Promise<void> {
    await api.labels.set.mutate({ project: current(), photos, place, state })
  }

  async function undo(): Promise<void> {
    await api.labels.undo.mutate({ project: current() })
  }

  async function redo(): Promise<void> {
    await api.labels.redo.mutate({ project: current() })
  }

  function current(): string {
    if (project.value === undefined) throw new Error('no project is shown')
    return project.value
  }

  async function lookAgain(): Promise<void> {
    version.value++
    const key = project.value
    const answer = key === undefined ? noHistory : await api.labels.history.query({ project: key })
    if (key === project.value) history.value = answer
  }

  watch(project, () => void lookAgain(), { immediate: true })
  useLiveStore().listen(event => {
    if (event.type === 'review' && event.project === project.value) reviews.value++
    if (event.type === 'reset' || (event.type === 'dataset' && event.project === project.value)) void lookAgain()
  })

  return { version, reviews, history, setLabel, undo, redo }
})
