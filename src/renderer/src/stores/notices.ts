import { defineStore } from 'pinia'
import { ref } from 'vue'
import { errorOf } from '../api/errorOf'

export interface Notice {
  readonly id: number
  readonly kind: 'done' | 'info' | 'error'
  readonly text: string
  /** A place to go to, such as the run that is done. */
  readonly link?: { readonly text: string; readonly to: string }
}

/** Short messages at the edge of the window: something is done, something went wrong. */
export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<readonly Notice[]>([])
  let last = 0

  /** What is said again takes the place of what was said: a key held down would cover what lies below with one sentence. */
  function say(notice: Said): void {
    const others = notices.value.filter(each => !saysSame(each, notice))
    notices.value = [...others.slice(-4), { ...notice, id: ++last }]
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter(notice => notice.id !== id)
  }

  /** Does what a person asked for; what goes wrong is said. @returns whether it was done */
  async function attempt(work: () => Promise<unknown>): Promise<boolean> {
    try {
      await work()
      return true
    } catch (error) {
      say({ kind: 'error', text: errorOf(error).message })
      return false
    }
  }

  return { notices, say, dismiss, attempt }
})

type Said = Omit<Notice, 'id'>

function saysSame(left: Said, right: Said): boolean {
  return left.kind === right.kind && left.text === right.text && left.link?.to === right.link?.to
}
