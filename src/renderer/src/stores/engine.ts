import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { api, type Answers } from '../api/client'
import { errorOf } from '../api/errorOf'
import { useLiveStore } from './live'

export type EngineStatus = Answers['engine']['status']
export type Examination = NonNullable<Answers['engine']['examination']>

/** The engine as it is found without opening it, and what its last examination said. */
export const useEngineStore = defineStore('engine', () => {
  const status = shallowRef<EngineStatus>()
  const examination = shallowRef<Examination>()
  /** Why it could not be asked the last time. */
  const error = ref<string>()

  async function refresh(): Promise<void> {
    try {
      const [found, examined] = await Promise.all([api.engine.status.query(), api.engine.examination.query()])
      status.value = found
      examination.value = examined ?? undefined
      error.value = undefined
    } catch (cause) {
      error.value = errorOf(cause).message
    }
  }

  useLiveStore().listen(event => {
    if (event.type === 'settings' || event.type === 'reset') void refresh()
  })

  return { status, examination, error, refresh }
})
