import { existsSync, readdirSync } from 'node:fs'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import type { Dataset } from '../../shared/contract/dataset'
import type { WorkbenchEvent } from '../../shared/contract/events'
import type { RunEstimate, StepEstimate } from '../../shared/contract/recipeForm'
import { toErrorData, type ErrorData } from '../../shared/errors'
import { threadCounts, type Config } from '../config'
import { locateEngine } from '../engine/locate'
import { estimateSteps, type Experience } from '../jobs/estimateSteps'
import { preflight } from '../jobs/preflight'
import { projectRecords } from '../jobs/projectRecords'
import type { Plan } from '../jobs/recipes'
import { runFacts, type RunFacts } from '../jobs/runFacts'
import type { StepRecord } from '../jobs/stepRecord'
import { foresee } from '../jobs/takeOver/foresee'
import { recordedEngine } from '../jobs/takeOver/recordedEngine'
import { methods } from '../methods/index'
import type { EventBus } from './eventBus'
import { MachineSpeed, slownessOf } from './machineSpeed'
import type { ProjectSession } from './projectSession'
import type { Sessions } from './sessions'
import { StepTimes } from './stepTimes'

/** A run whose end is waited for. */
export interface WaitedFor {
  readonly id: number
  readonly plan: Plan
  readonly split: string | undefined
}

/** A run that is not made yet. */
export interface PlannedRun {
  readonly plan: Plan
  readonly split: string | undefined
  readonly seed: number
  /** Nothing is taken over. */
  readonly fresh: boolean
}

/** Says what runs will take, from what earlier ones took on this machine. */
export class Estimator {
  readonly #config: () => Config
  readonly #speed: MachineSpeed
  readonly #times: StepTimes
  /** By project and split; photos change seldom, and counting 100,000 takes a moment. */
  readonly #facts = new Map<string, RunFacts>()

  /** The photos that were asked about last. */
  #dataset: { readonly of: string; readonly dataset: Dataset } | undefined

  readonly #records = new Map<string, readonly StepRecord[]>()
  /** By project and run. */
  readonly #expected = new Map<string, readonly StepEstimate[]>()
  readonly #sessions: Sessions

  constructor(stateFolder: string, bus: EventBus, sessions: Sessions, config: () => Config) {
    this.#config = config
    this.#sessions = sessions
    this.#speed = new MachineSpeed(join(stateFolder, 'speed.json'))
    this.#times = new StepTimes(join(stateFolder, 'step-times.json'))
    bus.listen(({ event }) => this.#hear(event))
  }

  /** Everything that is to be known before a start. The machine's speed is measured where it never was. */
  async estimate(key: string, session: ProjectSession, run: PlannedRun): Promise<RunEstimate> {
    const { plan, split } = run
    const facts = this.#factsOf(key, session, split)
    const engine = this.#engine()
    const takenOver = run.fresh || 'error' in engine ? undefined : await this.#foreseen(key, session, run, engine)
    const asked = { plan, split, ...(takenOver === undefined ? {} : { takenOver }) }
    const earlier = this.#steps(key, session, { ...asked, slowness: null })
    const isKnown = 'error' in engine || earlier.every(({ basis }) => basis === 'earlier')
    const gigaflops = isKnown ? null : await this.#speed.gigaflops(engine)
    const steps =
      gigaflops === null ? earlier : this.#steps(key, session, { ...asked, slowness: slownessOf(gigaflops) })
    const sum = (of: (step: StepEstimate) => number) => steps.reduce((total, step) => total + of(step), 0)
    return {
      photos: facts.photos,
      steps,
      seconds: sum(({ seconds }) => seconds),
      low: sum(({ low }) => low),
      high: sum(({ high }) => high),
      memory: Math.max(...steps.map(({ memory }) => memory)),
      machineMemory: totalmem(),
      gigaflops,
      device: 'error' in engine ? 'cpu' : engine.kind,
      ...this.#before(facts, plan, 'error' in engine ? engine.error : null),
    }
  }

  /**
   * What each step of a run that goes on will take, by the steps that are finished by now. It is asked for at every look
   * at the run, so it is worked out once a step.
   */
  expected(key: string, session: ProjectSession, run: WaitedFor): readonly StepEstimate[] {
    const name = `${key} ${run.id}`
    const known = this.#expected.get(name) ?? this.#steps(key, session, { ...run, slowness: null })
    this.#expected.set(name, known)
    return known
  }

  #steps(
    key: string,
    session: ProjectSession,
    { plan, split, ...known }: Pick<PlannedRun, 'plan' | 'split'> & Pick<Experience, 'slowness' | 'takenOver'>,
  ): readonly StepEstimate[] {
    const facts = this.#factsOf(key, session, split)
    const engine = this.#engine()
    const device = 'error' in engine ? 'cpu' : engine.kind
    const experience = { ...this.#experience(key, session), ...known }
    return estimateSteps(plan, { ...facts, classes: facts.classes.length, device }, experience, methods)
  }

  #hear(event: WorkbenchEvent): void {
    const isProgress = event.type === 'run' && !['state', 'step'].includes(event.event.type)
    if (!isProgress && event.type !== 'task') this.#expected.clear()
    if (event.type === 'dataset')
      for (const name of [...this.#facts.keys()]) if (name.startsWith(`${event.project} `)) this.#facts.delete(name)
    if (event.type === 'dataset' || event.type === 'review') this.#dataset = undefined
    if (event.type === 'dataset' || (event.type === 'run' && ['state', 'step'].includes(event.event.type)))
      this.#records.delete(event.project)
    if (event.type === 'run' && event.event.type === 'state' && event.event.state === 'done') this.#keep(event.project)
  }

  /** Remembers what the steps of a project took, for other projects. Where it cannot, they are estimated vaguer. */
  #keep(key: string): void {
    const open = this.#sessions.list().find(each => each.key === key)
    if (open) void this.#times.keep(key, this.#recordsOf(key, open.session)).catch(() => undefined)
  }

  #recordsOf(key: string, { project }: ProjectSession): readonly StepRecord[] {
    const records = this.#records.get(key) ?? projectRecords(project, methods)
    this.#records.set(key, records)
    return records
  }

  #experience(key: string, session: ProjectSession): Pick<Experience, 'records' | 'cached'> {
    const own = this.#recordsOf(key, session)
    const features = join(session.project.cacheFolder, 'features')
    const hasCache = existsSync(features) && readdirSync(features).length > 0
    const cached = hasCache ? own.flatMap(({ work }) => work.passes.map(pass => pass.key)) : []
    return { records: [...own, ...this.#times.others(key)], cached: new Set(cached) }
  }

  #before(facts: RunFacts, plan: Plan, engineError: ErrorData | null): Pick<RunEstimate, 'obstacle' | 'notes'> {
    try {
      return { obstacle: engineError, notes: preflight(facts, plan, methods) }
    } catch (error) {
      return { obstacle: toErrorData(error), notes: [] }
    }
  }

  /** What the run will take over, if the engine is still the one of the project's runs: asking it takes seconds. */
  async #foreseen(
    key: string,
    { project }: ProjectSession,
    { plan, split, seed }: PlannedRun,
    located: { readonly library: string; readonly kind: 'cpu' | 'gpu' },
  ): Promise<ReadonlyMap<string, { readonly run: number }> | undefined> {
    const engine = recordedEngine(project, located)
    if (engine === undefined) return undefined
    const of = `${key} ${split ?? ''}`
    if (this.#dataset?.of !== of) this.#dataset = { of, dataset: project.dataset(split) }
    return foresee(project, plan, { dataset: this.#dataset.dataset, seed, engine }, methods)
  }

  #factsOf(key: string, { project }: ProjectSession, split: string | undefined): RunFacts {
    const name = `${key} ${split ?? ''}`
    const facts = this.#facts.get(name) ?? runFacts(project, split)
    this.#facts.set(name, facts)
    return facts
  }

  #engine():
    | { readonly library: string; readonly threads: number; readonly kind: 'cpu' | 'gpu' }
    | { readonly error: ErrorData } {
    const config = this.#config()
    try {
      const { library, require: kind } = locateEngine(config.engine)
      return { library, kind, threads: threadCounts(config).engine }
    } catch (error) {
      return { error: toErrorData(error) }
    }
  }
}
