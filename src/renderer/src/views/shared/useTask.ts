import { computed, type ComputedRef } from 'vue'
import type { Task } from '../../../../shared/contract/tasks'
import { useTasksStore } from '../../stores/tasks'

/** A work of the main process by its id, as it is now. @param id empty: none */
export function useTask(id: () => string): ComputedRef<Task | undefined> {
  const tasks = useTasksStore()
  return computed(() => (id() === '' ? undefined : tasks.tasks.get(id())))
}
