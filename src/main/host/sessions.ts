import { resolve } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import type { Config } from '../config'
import type { OpenOptions } from '../db/open'
import { ComputeSlot } from './computeSlot'
import type { EventBus } from './eventBus'
import { projectKey } from './projectKey'
import { openSession, type ProjectSession } from './projectSession'
import type { RecentProjects } from './recentProjects'

export interface OpenProjectSession {
  readonly key: string
  readonly session: ProjectSession
}

/** The open projects. Their runs wait for each other: one computes at a time. */
export class Sessions {
  readonly #open = new Map<string, ProjectSession>()
  readonly #closing = new Map<string, Promise<void>>()
  readonly #slot = new ComputeSlot()
  readonly #bus: EventBus
  readonly #recents: RecentProjects
  readonly #config: () => Config

  constructor(bus: EventBus, recents: RecentProjects, config: () => Config) {
    this.#bus = bus
    this.#recents = recents
    this.#config = config
  }

  list(): readonly OpenProjectSession[] {
    return [...this.#open].map(([key, session]) => ({ key, session }))
  }

  /**
   * Opens a project, or gives the one that is open; what waits in its queue goes on.
   * @throws PROJECT_LOCKED naming who has it; PROJECT_NEWER; NOT_A_PROJECT
   */
  async open(folder: string, options: OpenOptions = {}): Promise<OpenProjectSession> {
    const path = resolve(folder)
    const key = projectKey(path)
    await this.#closing.get(key)
    const open = this.#open.get(key)
    if (open && !(open.project.readOnly && options.readOnly !== true)) return { key, session: open }
    if (open) await this.close(key)
    const session = openSession(
      path,
      this.#config,
      event => this.#bus.emit({ type: 'run', project: key, event }),
      options,
    )
    this.#open.set(key, session)
    if (!session.project.readOnly) session.startQueue(this.#slot)
    await this.#recents.opened(path)
    this.#bus.emit({ type: 'projects' })
    return { key, session }
  }

  /** The project of that key if it is open. */
  find(key: string): ProjectSession | undefined {
    return this.#open.get(key)
  }

  /** The open project of that key; one that was opened before is opened again. */
  async get(key: string): Promise<ProjectSession> {
    const open = this.#open.get(key)
    if (open) return open
    const recent = this.#recents.find(key)
    if (recent) return (await this.open(recent.folder)).session
    throw new WorkbenchError('NOT_FOUND', 'This project is not known here: open its folder in Projects.')
  }

  /** A run that is going on stops at its checkpoint and waits for the next time. */
  async close(key: string): Promise<void> {
    const session = this.#open.get(key)
    if (!session) return this.#closing.get(key)
    this.#open.delete(key)
    const closing = session[Symbol.asyncDispose]().finally(() => this.#closing.delete(key))
    this.#closing.set(key, closing)
    await closing
    this.#bus.emit({ type: 'projects' })
  }

  async closeAll(): Promise<void> {
    for (const { key } of this.list()) await this.close(key)
  }
}
