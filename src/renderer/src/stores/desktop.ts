import { defineStore } from 'pinia'
import { ref } from 'vue'
import { api } from '../api/client'
import { errorOf } from '../api/errorOf'
import { useNoticesStore } from './notices'

type Revealed = Parameters<typeof api.desktop.reveal.mutate>[0]['what']

/** What a desktop window has and a browser's tab has not: the system's own dialog and file manager. */
export const useDesktopStore = defineStore('desktop', () => {
  const notices = useNoticesStore()
  const available = ref(false)
  void api.desktop.available.query().then(
    answer => (available.value = answer),
    error => notices.say({ kind: 'error', text: errorOf(error).message }),
  )

  /** @returns the absolute folder; undefined where the person thought better of it */
  async function chooseFolder(title: string): Promise<string | undefined> {
    const { folder } = await api.desktop.chooseFolder.mutate({ title })
    return folder ?? undefined
  }

  async function reveal(project: string, what: Revealed): Promise<void> {
    await notices.attempt(() => api.desktop.reveal.mutate({ project, what }))
  }

  return { available, chooseFolder, reveal }
})
