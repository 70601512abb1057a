import { resolve } from 'node:path'
import { WorkbenchError } from '../../shared/errors'
import type { RunEvent } from '../../shared/contract/runEvents'
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
  /** The last opening or closing of each project: two requests for one project wait for each other. */
  readonly #turns = new Map<string, Promise<unknown>>()
  readonly #slot = new ComputeSlot()
  readonly #bus: EventBus
  readonly #recents: RecentProjects
  readonly #config: () => Config
  #origin: string | undefined

  constructor(bus: EventBus, recents: RecentProjects, config: () => Config) {
    this.#bus = bus
    this.#recents = recents
    this.#config = config
  }

  /** Where this program answers: who finds a project locked by it reads so. */
  answersAt(origin: string): void {
    this.#origin = origin
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
    return this.#inTurn(key, async () => ({ key, session: await this.#opened(key, path, options) }))
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
    await this.#inTurn(key, () => this.#close(key))
  }

  /** All at once: each run that is going on goes to its checkpoint. */
  async closeAll(): Promise<void> {
    await Promise.all(this.list().map(({ key }) => this.close(key)))
  }

  async #opened(key: string, path: string, options: OpenOptions): Promise<ProjectSession> {
    const open = this.#open.get(key)
    if (open && !(open.project.readOnly && options.readOnly !== true)) return open
    const emit = (event: RunEvent) => this.#bus.emit({ type: 'run', project: key, event })
    const origin = this.#origin === undefined ? {} : { origin: this.#origin }
    const session = openSession(path, this.#config, emit, { ...origin, ...options })
    this.#open.set(key, session)
    await open?.[Symbol.asyncDispose]() // not before: where the lock is not to be had, it stays open to look at
    if (!session.project.readOnly) session.startQueue(this.#slot)
    await this.#recents.opened(path)
    this.#bus.emit({ type: 'projects' })
    return session
  }

  async #close(key: string): Promise<void> {
    const session = this.#open.get(key)
    if (!session) return
    this.#open.delete(key)
    await session[Symbol.asyncDispose]()
    this.#bus.emit({ type: 'projects' })
  }

  async #inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(key) ?? Promise.resolve()
    const turn = before.then(work, work)
    this.#turns.set(key, turn)
    try {
      return await turn
    } finally {
      if (this.#turns.get(key) === turn) this.#turns.delete(key)
    }
  }
}
