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

  /** What is heard while the list is on its way is newer than the list; undefined while none is. */
  let heard: Map<string, Task> | undefined
  async function refresh(): Promise<void> {
    const since = (heard = new Map<string, Task>())
    const list = await api.tasks.list.query()
    tasks.value = new Map([...list.map(task => [task.id, task] as const), ...since])
    if (heard === since) heard = undefined
  }

  function hear(task: Task): void {
    heard?.set(task.id, task)
    tasks.value = new Map(tasks.value).set(task.id, task)
  }

  async function cancel(id: string): Promise<void> {
    await api.tasks.cancel.mutate({ id })
  }

  useLiveStore().listen(event => {
    if (event.type === 'task') hear(event.task)
    else if (event.type === 'reset') void refresh()
  })

  return { tasks, list, running, refresh, cancel }
})
