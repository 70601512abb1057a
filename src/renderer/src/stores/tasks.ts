import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { Task } from '../../../shared/contract/tasks'
import { api } from '../api/client'
import { useLiveStore } from './live'

/** Works of the main process: imports, evaluations, exports. */
export const useTasksStore = defineStore('tasks', () => {
  const tasks = shallowRef<ReadonlyMap<string, Task>>(new Map())
  /** The newest first. */
  const list = computed(() => [...tasks.value.values()].sort((a, b) => b.startedAt - a.startedAt))
  const running = computed(() => [...tasks.value.values()].filter(({ state }) => state === 'running'))

  async function refresh(): Promise<void> {
    tasks.value = new Map((await api.tasks.list.query()).map(task => [task.id, task]))
  }

  async function cancel(id: string): Promise<void> {
    await api.tasks.cancel.mutate({ id })
  }

  useLiveStore().listen(event => {
    if (event.type === 'task') tasks.value = new Map(tasks.value).set(event.task.id, event.task)
    else if (event.type === 'reset') void refresh()
  })

  return { tasks, list, running, refresh, cancel }
})
