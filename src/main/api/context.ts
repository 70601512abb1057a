import type { Config } from '../config'
import type { Desktop } from '../host/desktop'
import type { DoorKeys } from '../host/doorKeys'
import type { EngineDesk } from '../host/engineDesk'
import type { Estimator } from '../host/estimator'
import type { EventBus } from '../host/eventBus'
import type { RecentProjects } from '../host/recentProjects'
import type { Sessions } from '../host/sessions'
import type { Tasks } from '../host/tasks'

/** All that requests can reach. Every request of every tab has the same. */
export interface ApiContext {
  readonly sessions: Sessions
  readonly recents: RecentProjects
  readonly bus: EventBus
  readonly tasks: Tasks
  readonly engine: EngineDesk
  readonly estimator: Estimator
  readonly keys: DoorKeys
  /** Undefined where the window is a browser's. */
  readonly desktop?: Desktop | undefined
  readonly config: () => Config
  /** Absolute folders that the folder picker may show. */
  readonly roots: readonly string[]
}
