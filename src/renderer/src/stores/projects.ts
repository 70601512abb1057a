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

  /** Key of the project to be shown, also while it is still being asked for: it may change before the answer is here. */
  let wanted: string | undefined
  /** Whether a screen of `wanted` is open. */
  let isShown = false
  let asked = 0
  let answered = 0

  /** Shows a project by its key; an answer that comes after that of a later question is dropped. @throws what opening it met */
  async function show(key: string): Promise<void> {
    wanted = key
    isShown = true
    if (current.value?.key !== key) current.value = undefined
    const question = ++asked
    const summary = await api.projects.summary.query({ project: key })
    if (question < answered || key !== wanted) return
    answered = question
    current.value = summary
  }

  /** No screen of the project is open any more; the frame still leads back to it, as long as nobody closes it. */
  function leave(): void {
    isShown = false
  }

  /** A project that was closed is asked nothing any more: that would open it again, and go on with its runs. */
  function letGoOfClosed(): void {
    if (isShown || recent.value.some(({ key, open }) => key === wanted && open)) return
    wanted = undefined
    current.value = undefined
  }

  /** Asks anew for what is shown. Where that fails the old answer stays: whoever opened it says what opening it met. */
  function lookAgain(): void {
    if (wanted !== undefined) void show(wanted).catch(() => undefined)
  }

  let lookSoon: ReturnType<typeof setTimeout> | undefined

  /** Counts again what was reviewed: strokes and decisions come faster than anybody reads. */
  function countAgain(): void {
    clearTimeout(lookSoon)
    lookSoon = setTimeout(lookAgain, lookAfterMs)
  }

  useLiveStore().listen(event => {
    if (event.type === 'projects') void refresh().then(letGoOfClosed)
    if (event.type === 'reset') void refresh().then(letGoOfClosed).then(lookAgain)
    if (event.type === 'review' && event.project === wanted) countAgain()
    if (event.type === 'dataset' && event.project === wanted) lookAgain()
  })

  return { recent, current, gone, loaded, error, refresh, show, leave }
})
