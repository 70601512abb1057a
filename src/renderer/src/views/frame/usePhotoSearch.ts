import { ref, shallowRef, type Ref, type ShallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { newestOnly, type IsNewest } from '../../../../shared/newestOnly'
import { api } from '../../api/client'
import type { PaletteEntry } from '../../commands/palette'
import { useProjectsStore } from '../../stores/projects'

const shortestQuery = 2
const most = 8
/** Whoever types on does not want what they typed before. */
const patienceMs = 120

export interface PhotoSearch {
  readonly found: ShallowRef<readonly PaletteEntry[]>
  readonly searching: Ref<boolean>
  readonly search: (query: string) => void
}

/** Photos of the project by a part of their name, from the server: there may be a hundred thousand. */
export function usePhotoSearch(): PhotoSearch {
  const router = useRouter()
  const projects = useProjectsStore()
  const found = shallowRef<readonly PaletteEntry[]>([])
  const searching = ref(false)
  const questions = newestOnly()

  async function fetchPhotos(project: string, text: string, isNewest: IsNewest): Promise<void> {
    await new Promise(resolve => setTimeout(resolve, patienceMs))
    if (!isNewest()) return
    try {
      const { rows } = await api.images.page.query({ project, filter: { text }, sort: 'name', limit: most })
      if (!isNewest()) return
      found.value = rows.map(({ id, stem }) => ({
        id: `photo.${id}`,
        kind: 'photo',
        title: stem,
        enabled: true,
        run: () => router.push({ name: 'seeds', params: { project, image: String(id) } }),
      }))
    } catch {
      if (isNewest()) found.value = [] // the palette finds the rest without them
    } finally {
      if (isNewest()) searching.value = false
    }
  }

  function search(query: string): void {
    const isNewest = questions.ask()
    const project = projects.current?.key
    const text = query.trim()
    searching.value = project !== undefined && text.length >= shortestQuery
    if (!searching.value) found.value = []
    else void fetchPhotos(project!, text, isNewest)
  }

  return { found, searching, search }
}
