import { useRouter } from 'vue-router'
import type { Command } from '../../commands/command'
import { useKeptFilter } from '../../composables/useKeptFilter'
import { useCommands } from '../../stores/commands'
import { useProjectsStore } from '../../stores/projects'
import { commandTexts } from '../../texts/commands'

const { commands: titles, group } = commandTexts

export interface FrameActs {
  readonly openPalette: () => void
  readonly openKeys: () => void
  readonly changeTheme: () => void
}

/** What can be done on every screen. Alt with a digit goes to a screen, in the order of the rail. */
export function useFrameCommands({ openPalette, openKeys, changeTheme }: FrameActs): void {
  useScreenCommands()
  useCommands(() => [
    {
      id: 'frame.palette',
      title: titles.palette,
      group,
      keys: ['$mod+KeyK'],
      everywhere: true,
      keyOnly: true,
      run: openPalette,
    },
    { id: 'frame.keys', title: titles.keys, group, keys: ['Shift+Slash'], run: openKeys },
    { id: 'frame.theme', title: titles.theme, group, run: changeTheme },
  ])
}

function useScreenCommands(): void {
  const router = useRouter()
  const projects = useProjectsStore()
  const keptFilter = useKeptFilter()

  useCommands(() => {
    const project = projects.current?.key
    const go = (name: 'projects' | 'engine', digit: number): Command => ({
      id: `go.${name}`,
      title: titles[name],
      group,
      keys: [`Alt+Digit${digit}`],
      run: () => router.push({ name }),
    })
    const ofProject = (
      name: 'dataset' | 'runs' | 'seeds' | 'review' | 'compare' | 'export',
      digit: number,
    ): Command => ({
      id: `go.${name}`,
      title: titles[name],
      group,
      keys: [`Alt+Digit${digit}`],
      enabled: project !== undefined,
      run: () => router.push({ name, params: { project }, query: keptFilter(name) }),
    })
    return [
      go('projects', 1),
      ofProject('dataset', 2),
      ofProject('runs', 3),
      ofProject('seeds', 4),
      ofProject('review', 5),
      ofProject('compare', 6),
      ofProject('export', 7),
      go('engine', 9),
    ]
  })
}
