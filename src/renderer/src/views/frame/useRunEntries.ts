import { shallowRef, watch, type Ref, type ShallowRef } from 'vue'
import { useRouter } from 'vue-router'
import { api } from '../../api/client'
import type { PaletteEntry } from '../../commands/palette'
import { useProjectsStore } from '../../stores/projects'

/** Older runs are found on their screen. */
const most = 200

/** The project's runs as they are when the palette is opened. */
export function useRunEntries(open: Ref<boolean>): ShallowRef<readonly PaletteEntry[]> {
  const router = useRouter()
  const projects = useProjectsStore()
  const entries = shallowRef<readonly PaletteEntry[]>([])

  watch(open, async now => {
    const project = projects.current?.key
    if (!now) return
    if (project === undefined) {
      entries.value = []
      return
    }
    try {
      const { rows } = await api.runs.page.query({ project, limit: most })
      entries.value = rows.map(({ id, name, state }) => ({
        id: `run.${project}.${id}`,
        kind: 'run',
        title: `${id} ${name}`,
        detail: state,
        enabled: true,
        run: () => router.push({ name: 'runs', params: { project, run: String(id) } }),
      }))
    } catch {
      entries.value = [] // the palette finds the rest without them
    }
  })

  return entries
}
