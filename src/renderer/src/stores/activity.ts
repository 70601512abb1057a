import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunEvent } from '../../../shared/contract/runEvents'
import { isFinal } from '../../../shared/contract/states'
import { newestOnly } from '../../../shared/newestOnly'
import { api, type Answers } from '../api/client'
import { useLiveStore } from './live'

export type ActiveRun = Answers['activity']['list'][number]

/** A run that has just ended. */
export interface EndedRun {
  readonly run: ActiveRun
  readonly event: Extract<RunEvent, { type: 'state' }>
}

const keyOf = (project: string, runId: number) => `${project}/${runId}`

/** Runs that go on or wait, in all open projects: what the frame shows of them on every screen. */
export const useActivityStore = defineStore('activity', () => {
  const runs = shallowRef<ReadonlyMap<string, ActiveRun>>(new Map())
  const ended = shallowRef<EndedRun>()

  /** The one that computes now, or rests. */
  const current = computed(() => {
    const all = [...runs.value.values()]
    return all.find(({ state }) => state === 'running') ?? all.find(({ state }) => state === 'paused')
  })
  const waiting = computed(() => [...runs.value.values()].filter(({ state }) => state === 'queued').length)

  /** An answer that comes after a newer question is dropped: it may know a run that has ended since. */
  const questions = newestOnly()
  async function refresh(): Promise<void> {
    const isNewest = questions.ask()
    const list = await api.activity.list.query()
    if (!isNewest()) return
    runs.value = new Map(list.map(run => [keyOf(run.project, run.runId), run]))
  }

  function hear(project: string, event: RunEvent): void {
    const key = keyOf(project, event.runId)
    const known = runs.value.get(key)
    if (event.type === 'state' && isFinal(event.state)) {
      if (known) ended.value = { run: known, event }
      runs.value = new Map([...runs.value].filter(([other]) => other !== key))
      void refresh()
    } else if (event.type === 'state' || event.type === 'step' || known === undefined) {
      void refresh()
    } else if (event.type === 'progress') {
      runs.value = new Map(runs.value).set(key, { ...known, progress: event.progress })
    }
  }

  useLiveStore().listen(event => {
    if (event.type === 'run') hear(event.project, event.event)
    else if (event.type === 'reset' || event.type === 'projects') void refresh()
  })

  return { current, waiting, ended, refresh }
})
