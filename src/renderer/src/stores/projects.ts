import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { api, type Answers } from '../api/client'
import { errorOf } from '../api/errorOf'
import { useLiveStore } from './live'

export type ProjectSummary = Answers['projects']['summary']
export type RecentProject = Answers['projects']['recent'][number]

const lookAfterMs = 500

/** The projects known here and the one that this tab shows. */
export const useProjectsStore = defineStore('projects', () => {
  const recent = shallowRef<readonly RecentProject[]>([])
  const current = shallowRef<ProjectSummary>()
  const loaded = ref(false)
  /** Why the list could not be fetched the last time. */
  const error = ref<string>()
  /** The one that this tab shows, where its folder is not there any more. */
  const gone = computed(() => recent.value.find(({ key, exists }) => key === current.value?.key && !exists))

  async function refresh(): Promise<void> {
    try {
      recent.value = await api.projects.recent.query()
      loaded.value = true
      error.value = undefined
    } catch (cause) {
      error.value = errorOf(cause).message
    }
  }

  /** Shows a project by its key. @throws what opening it met */
  async function show(key: string): Promise<void> {
    if (current.value?.key !== key) current.value = undefined
    current.value = await api.projects.summary.query({ project: key })
  }

  let lookSoon: ReturnType<typeof setTimeout> | undefined

  /** Counts again what was reviewed: strokes and decisions come faster than anybody reads. */
  function lookAgain(): void {
    clearTimeout(lookSoon)
    lookSoon = setTimeout(() => {
      const key = current.value?.key
      if (key !== undefined) void show(key)
    }, lookAfterMs)
  }

  function leave(): void {
    current.value = undefined
  }

  useLiveStore().listen(event => {
    if (event.type === 'projects' || event.type === 'reset') void refresh()
    const key = current.value?.key
    if (key === undefined) return
    if (event.type === 'review' && event.project === key) lookAgain()
    if (event.type === 'reset' || (event.type === 'dataset' && event.project === key)) void show(key)
  })

  return { recent, current, gone, loaded, error, refresh, show, leave }
})
