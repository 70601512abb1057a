import { join } from 'node:path'
import { fileKind } from '../datasets/fileKind'
import type { EventBus } from './eventBus'
import type { Sessions } from './sessions'
import type { Tasks } from './tasks'

/** Often enough that a person is told before they go on for long; one look at one file's entry costs nothing. */
const everyMs = 2_000

/** A project whose folder is gone. */
interface Lost {
  readonly folder: string
  readonly readOnly: boolean
}

/**
 * Looks whether the folders of open projects are still there: handles on a folder that was moved, removed or unplugged
 * go on working, and write where nobody reads. Such a project is closed, its run and its works stopped; requests for it
 * are refused with the reason. When its folder is back it is opened as it was, and its run goes on.
 */
export class ProjectWatch implements AsyncDisposable {
  readonly #sessions: Sessions
  readonly #tasks: Tasks
  readonly #bus: EventBus
  readonly #lost = new Map<string, Lost>()
  readonly #timer: NodeJS.Timeout
  #look: Promise<void> | undefined

  constructor(sessions: Sessions, tasks: Tasks, bus: EventBus) {
    this.#sessions = sessions
    this.#tasks = tasks
    this.#bus = bus
    this.#timer = setInterval(() => void this.look(), everyMs).unref()
  }

  /** Looks at all of them once. A disk that does not answer is waited for: looks do not pile up. */
  async look(): Promise<void> {
    this.#look ??= this.#lookAtAll().finally(() => (this.#look = undefined))
    await this.#look
  }

  async [Symbol.asyncDispose](): Promise<void> {
    clearInterval(this.#timer)
    await this.#look
  }

  async #lookAtAll(): Promise<void> {
    for (const { key, session } of this.#sessions.list()) {
      if (await session.project.place.isKept()) continue
      const { folder, readOnly } = session.project
      this.#lost.set(key, { folder, readOnly })
      this.#bus.emit({ type: 'projects' }) // at once: stopping what goes on may take a while
      await this.#tasks.stopIn(key)
      await this.#sessions.close(key).catch(() => undefined) // a disk that is gone may refuse to let go of its files
    }
    for (const [key, { folder, readOnly }] of this.#lost) {
      if ((await fileKind(join(folder, 'project.sqlite'))) !== 'file') continue
      this.#lost.delete(key)
      // Where it cannot be opened, the window that shows it asks again and reads why.
      await this.#sessions.open(folder, { readOnly }).catch(() => this.#bus.emit({ type: 'projects' }))
      this.#bus.emit({ type: 'dataset', project: key })
    }
  }
}
