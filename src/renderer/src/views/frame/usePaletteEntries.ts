import { computed, type ComputedRef } from 'vue'
import { useRouter } from 'vue-router'
import { filterToQuery } from '../../../../shared/contract/imageFilterText'
import type { PaletteEntry } from '../../commands/palette'
import { useCommandsStore } from '../../stores/commands'
import { useProjectsStore } from '../../stores/projects'

/** What the palette matches by itself: the screen's commands, the project's classes, the other projects. */
export function usePaletteEntries(): ComputedRef<readonly PaletteEntry[]> {
  const router = useRouter()
  const commands = useCommandsStore()
  const projects = useProjectsStore()

  const ofCommands = computed(() =>
    commands.inPalette.map(({ id, title, group, keys, enabled }): PaletteEntry => ({
      id,
      kind: id.startsWith('go.') ? 'screen' : 'command',
      title,
      detail: group,
      keys: keys.map(commands.nameOf),
      enabled,
      run: () => commands.run(id),
    })),
  )
  const ofClasses = computed(() => {
    const { current } = projects
    return (current?.classes ?? []).map((name, place): PaletteEntry => ({
      id: `class.${current?.key}.${place}`,
      kind: 'class',
      title: name,
      enabled: true,
      run: () =>
        router.push({ name: 'dataset', params: { project: current?.key }, query: filterToQuery({ classes: [place] }) }),
    }))
  })
  const ofProjects = computed(() =>
    projects.recent
      .filter(({ key }) => key !== projects.current?.key)
      .map(({ key, name, folder, exists }): PaletteEntry => ({
        id: `project.${key}`,
        kind: 'project',
        title: name,
        detail: folder,
        enabled: exists,
        run: () => router.push({ name: 'dataset', params: { project: key } }),
      })),
  )
  return computed(() => [...ofCommands.value, ...ofProjects.value, ...ofClasses.value])
}
