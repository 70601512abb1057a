import { join } from 'node:path'
import { createApp } from './api/app'
import { readConfig, stateFolder } from './config'
import type { Desktop } from './host/desktop'
import { DoorKeys } from './host/doorKeys'
import { EngineDesk } from './host/engineDesk'
import { Estimator } from './host/estimator'
import { EventBus } from './host/eventBus'
import { ProjectWatch } from './host/projectWatch'
import { RecentProjects } from './host/recentProjects'
import { Sessions } from './host/sessions'
import { Tasks } from './host/tasks'

export interface WorkbenchOptions {
  /** Absolute folders that the folder picker may show. */
  readonly roots: readonly string[]
  /** The built renderer. */
  readonly rendererFolder: string
  /** What only a desktop has. */
  readonly desktop?: Desktop
}

/** The whole program behind one Fetch handler; a server or a desktop window is put before it. */
export interface Workbench extends AsyncDisposable {
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** `path` with what lets one browser in: who opens it may do everything. */
  readonly newAddress: (path?: string) => string
  /** The runs that are going on, with their projects' folders. */
  readonly running: () => readonly { readonly run: number; readonly folder: string }[]
  readonly sessions: Sessions
  readonly tasks: Tasks
}

/** The composition root: settings → projects → jobs → api. */
export function createWorkbench({ roots, rendererFolder, desktop }: WorkbenchOptions): Workbench {
  const bus = new EventBus()
  const recents = new RecentProjects(join(stateFolder(), 'recent.json'))
  const config = () => readConfig()
  const sessions = new Sessions(bus, recents, config)
  const tasks = new Tasks(bus)
  const watch = new ProjectWatch(sessions, tasks, bus)
  const engine = new EngineDesk(tasks, bus, config)
  const estimator = new Estimator(stateFolder(), bus, sessions, config)
  const keys = new DoorKeys(join(stateFolder(), 'keys.json'))
  const context = { sessions, recents, bus, tasks, engine, estimator, keys, desktop, config, roots }
  const app = createApp({ context, rendererFolder })
  return {
    fetch: request => app.fetch(request),
    newAddress: (path = '/') => `${path}?token=${keys.newToken()}`,
    running: () =>
      sessions
        .list()
        .flatMap(({ session: { queue, project } }) =>
          queue.running === undefined ? [] : [{ run: queue.running, folder: project.folder }],
        ),
    sessions,
    tasks,
    [Symbol.asyncDispose]: async () => {
      await watch[Symbol.asyncDispose]()
      await tasks.close()
      await sessions.closeAll()
    },
  }
}
