import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { createApp } from './api/app'
import { readConfig, stateFolder } from './config'
import { EventBus } from './host/eventBus'
import { RecentProjects } from './host/recentProjects'
import { Sessions } from './host/sessions'
import { Tasks } from './host/tasks'

export interface WorkbenchOptions {
  /** Absolute folders that the folder picker may show. */
  readonly roots: readonly string[]
  /** The built renderer. */
  readonly rendererFolder: string
}

/** The whole program behind one Fetch handler; a server or a desktop window is put before it. */
export interface Workbench extends AsyncDisposable {
  readonly fetch: (request: Request) => Response | Promise<Response>
  /** Who has it may do everything: it is printed once, and exchanged for a cookie. */
  readonly token: string
  readonly sessions: Sessions
  readonly tasks: Tasks
}

/** The composition root: settings → projects → jobs → api. */
export function createWorkbench({ roots, rendererFolder }: WorkbenchOptions): Workbench {
  const token = randomBytes(32).toString('base64url')
  const bus = new EventBus()
  const recents = new RecentProjects(join(stateFolder(), 'recent.json'))
  const config = () => readConfig()
  const sessions = new Sessions(bus, recents, config)
  const tasks = new Tasks(bus)
  const app = createApp({ context: { sessions, recents, bus, tasks, config, roots }, token, rendererFolder })
  return {
    fetch: request => app.fetch(request),
    token,
    sessions,
    tasks,
    [Symbol.asyncDispose]: async () => {
      await tasks.close()
      await sessions.closeAll()
    },
  }
}
