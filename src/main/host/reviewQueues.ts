import type { ReviewSource } from '../../shared/contract/review'
import {
  isMeasuredOrder,
  type QueueItem,
  type ReviewList,
  type ReviewOrder,
  type ReviewQueue,
  type ReviewQueueQuestion,
  type ReviewRule,
} from '../../shared/contract/reviewQueue'
import type { ReviewState } from '../../shared/contract/states'
import type { Task } from '../../shared/contract/tasks'
import { WorkbenchError } from '../../shared/errors'
import type { MaskDispute } from '../../shared/metrics/maskDispute'
import { isEdited, isSettled } from '../db/correctionRepo'
import type { Project } from '../db/open'
import { measureDisputes, planDisputes } from '../jobs/review/maskDisputes'
import { measureSignals, planSignals, type Measured, type PlannedSignals } from '../jobs/review/measureSignals'
import { rankPhotos, type RankedPhoto } from '../jobs/review/rankPhotos'
import { findSource, type FoundSource } from '../jobs/review/sources'
import type { ReviewSignals } from '../pool/tasks/reviewSignals'
import { KeptWorks, type InPool } from './keptWorks'
import type { Work } from './projectSession'
import type { Tasks } from './tasks'

/** Rankings that are kept: those of a few tabs. */
const keptRankings = 6

/** A list in its order, whatever the photos' states. */
interface Ranking {
  readonly photos: readonly RankedPhoto[]
  /** Place of each photo in `photos`. */
  readonly places: ReadonlyMap<number, number>
  /** Masks of the source, by photo. */
  readonly blobs: ReadonlyMap<number, string>
}

/** A list and what it needs to be known. */
interface Question {
  readonly source: FoundSource | undefined
  readonly plan: PlannedSignals | undefined
  /** Hash of the measurement that the order needs; null: it needs none. */
  readonly hash: string | null
}

/** The review queues of one open project: orders are measured once and kept, lists are worked out when they are asked for. */
export class ReviewQueues {
  readonly #project: Project
  readonly #signals: KeptWorks<Measured<ReviewSignals>>
  readonly #disputes: KeptWorks<Measured<MaskDispute>>
  readonly #plans = new Map<string, PlannedSignals>()
  readonly #rankings = new Map<string, { readonly of: Uint32Array; readonly ranking: Ranking }>()

  constructor(project: Project, inPool: InPool) {
    this.#project = project
    this.#signals = new KeptWorks(project, 'signals', inPool)
    this.#disputes = new KeptWorks(project, 'disputes', inPool)
  }

  /** A part of the queue; without items where the order has to be measured first. @throws BAD_INPUT, NOT_FOUND */
  async page(question: ReviewQueueQuestion): Promise<ReviewQueue> {
    const { states, after, limit } = question
    const asked = this.#asked(question)
    const task = asked.hash === null ? null : this.#works(question.order).taskOf(asked.hash)
    const about = { source: asked.source ?? null, task }
    const ranking = await this.#ranking(question, asked)
    if (ranking === undefined) return { ...about, measured: false, total: 0, listed: 0, items: [], next: null }
    const listed = this.#inStates(ranking.photos, states)
    const from = after === null ? -1 : (ranking.places.get(after) ?? -1)
    const rest = from === -1 ? listed : listed.filter(({ image }) => ranking.places.get(image)! > from)
    const photos = rest.slice(0, limit)
    return {
      ...about,
      measured: true,
      total: ranking.photos.length,
      listed: listed.length,
      items: this.#items(photos, ranking),
      next: rest.length > limit ? photos.at(-1)!.image : null,
    }
  }

  /** Measures what an order needs, as a work that can be watched and cancelled. @throws BAD_INPUT where it needs nothing */
  start(list: ReviewList, tasks: Tasks, project: string): Task {
    const { plan, source, hash } = this.#asked(list)
    if (plan === undefined || source === undefined || hash === null)
      throw new WorkbenchError('BAD_INPUT', `The order "${list.order}" needs no measuring.`)
    const task = { kind: 'sweep', title: `Review order of ${source.step}, run ${source.run}`, project } as const
    if (list.order !== 'runs')
      return this.#signals.start(hash, tasks, task, work => measureSignals(this.#project, plan, work))
    const disputes = planDisputes(this.#project, source, this.#against(list.against))
    return this.#disputes.start(hash, tasks, task, work => measureDisputes(this.#project, disputes, work))
  }

  /** Measures what an order needs within `work`, unless it is known: for who waits for it. */
  async measured(list: ReviewList, work: Work): Promise<void> {
    const { plan, source, hash } = this.#asked(list)
    if (plan === undefined || source === undefined || hash === null) return
    if (list.order !== 'runs')
      return this.#signals.make(hash, work, inPool => measureSignals(this.#project, plan, inPool))
    const disputes = planDisputes(this.#project, source, this.#against(list.against))
    return this.#disputes.make(hash, work, inPool => measureDisputes(this.#project, disputes, inPool))
  }

  /** The photos that a rule means, in order. @throws CONFLICT where its order was not measured */
  async meantBy(rule: ReviewRule): Promise<readonly QueueItem[]> {
    const { atLeast = -Infinity, atMost = Infinity, states } = rule
    const ranking = await this.#ranking(rule, this.#asked(rule))
    if (ranking === undefined)
      throw new WorkbenchError('CONFLICT', `The order "${rule.order}" is not measured yet: measure it first.`)
    const bounded = rule.atLeast !== undefined || rule.atMost !== undefined
    const meant = this.#inStates(ranking.photos, states).filter(({ value }) =>
      value === null ? !bounded : value >= atLeast && value <= atMost,
    )
    return this.#items(meant, ranking)
  }

  #asked(list: ReviewList): Question {
    const source = findSource(this.#project, list.source)
    if (source === undefined) {
      if (isMeasuredOrder(list.order) || list.order === 'runs')
        throw new WorkbenchError(
          'BAD_INPUT',
          `No run of this project has made masks: the order "${list.order}" needs them. Order by tail, random or name.`,
        )
      return { source, plan: undefined, hash: null }
    }
    const plan = this.#plan(source)
    if (!isMeasuredOrder(list.order)) return { source, plan, hash: null }
    if (list.order === 'runs')
      return { source, plan, hash: planDisputes(this.#project, source, this.#against(list.against)).hash }
    if (list.order !== 'labels' && plan.scoreStep === null)
      throw new WorkbenchError(
        'BAD_INPUT',
        `The masks of "${source.step}" (run ${source.run}) came from no score maps: the order "${list.order}" needs ` +
          'them. Order by runs, labels, tail, random or name.',
      )
    return { source, plan, hash: plan.hash }
  }

  #against(against: ReviewSource | undefined): FoundSource {
    const found = against && findSource(this.#project, against)
    if (found !== undefined) return found
    throw new WorkbenchError('BAD_INPUT', 'The order "runs" compares two runs: choose the other one.')
  }

  /** A finished step's masks stay as they are: they are listed once. */
  #plan(source: FoundSource): PlannedSignals {
    const key = `${source.run}/${source.step}`
    const plan = this.#plans.get(key) ?? planSignals(this.#project, source)
    if (this.#project.runs.step(source.run, source.step)?.state === 'done') this.#plans.set(key, plan)
    return plan
  }

  #works(order: ReviewOrder): KeptWorks<Measured<ReviewSignals>> | KeptWorks<Measured<MaskDispute>> {
    return order === 'runs' ? this.#disputes : this.#signals
  }

  /** @returns undefined where the order was not measured */
  async #ranking(list: ReviewList, { source, plan, hash }: Question): Promise<Ranking | undefined> {
    const { order, seed, filter } = list
    const signals = hash === null || order === 'runs' ? undefined : await this.#signals.find(hash)
    const disputes = hash === null || order !== 'runs' ? undefined : await this.#disputes.find(hash)
    if (hash !== null && (signals ?? disputes) === undefined) return undefined
    const of = this.#project.photos.ids(filter, 'name')
    const labels = this.#project.labels.version
    const key = JSON.stringify([source?.run, source?.step, order, seed, hash, filter, labels])
    const kept = this.#rankings.get(key)
    if (kept?.of === of) return kept.ranking
    const blobs = new Map(plan?.photos.map(({ image, labels }) => [image, labels]))
    const ids = source === undefined ? of : of.filter(image => blobs.has(image) || this.#isTouched(image))
    const photos = rankPhotos(order, ids, {
      signals: new Map(signals?.photos),
      disputes: new Map(disputes?.photos),
      present: order === 'tail' || order === 'labels' ? this.#project.labels.presentPlaces() : new Map(),
      photosOfClass: this.#project.images.countsPerClass().map(({ images }) => images),
      seed,
    })
    const ranking = { photos, blobs, places: new Map(photos.map(({ image }, place) => [image, place])) }
    this.#rankings.delete(key)
    this.#rankings.set(key, { of, ranking })
    for (const oldest of [...this.#rankings.keys()].slice(0, -keptRankings)) this.#rankings.delete(oldest)
    return ranking
  }

  /** Photos that a person painted from nothing belong to every queue. */
  #isTouched(image: number): boolean {
    return this.#project.corrections.summaries().has(image)
  }

  #inStates(photos: readonly RankedPhoto[], states: readonly ReviewState[]): readonly RankedPhoto[] {
    if (states.length === 0) return photos
    const summaries = this.#project.corrections.summaries()
    return photos.filter(({ image }) => states.includes(summaries.get(image)?.review ?? 'unreviewed'))
  }

  #items(photos: readonly RankedPhoto[], { blobs }: Ranking): QueueItem[] {
    const summaries = this.#project.corrections.summaries()
    const rows = new Map(this.#project.photos.rows(photos.map(({ image }) => image)).map(row => [row.id, row]))
    return photos.flatMap(({ image, value, why }) => {
      const row = rows.get(image)
      if (row === undefined) return []
      const { stem, width, height, split, hash } = row
      const own = summaries.get(image)
      const edited = own !== undefined && isEdited(own)
      const isOwn = own !== undefined && (edited || isSettled(own.review))
      return {
        ...{ image, stem, width, height, split, hash, edited, value, why },
        state: own?.review ?? 'unreviewed',
        version: own?.version ?? 0,
        blob: isOwn ? own.blob : (blobs.get(image) ?? null),
      }
    })
  }
}
