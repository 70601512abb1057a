import type { EstimateBasis, StepEstimate } from '../../shared/contract/recipeForm'
import type { MethodRegistry } from '../methods/index'
import type { Plan } from './recipes'
import { countWork, type CountedWork, type EstimateFacts, type StepRecord } from './stepRecord'

/** Bytes of a worker with its engine open, and for each pixel at once in EfficientNet-Lite0, forward and back. */
const baseMemory = 600e6
const memoryAPixel = { forward: 550, training: 1_000 }

/** How far off an estimate may be, as a factor, by what it rests on. */
const spread: Readonly<Record<EstimateBasis, number>> = { earlier: 1.3, speed: 2, reference: 4 }

export interface Experience {
  /** Finished steps on this machine, the newest first. */
  readonly records: readonly StepRecord[]
  /** How much slower than the reference machine this one is; null: never measured. */
  readonly slowness: number | null
  /** Keys of inputs whose features are cached, from earlier runs. */
  readonly cached: ReadonlySet<string>
  /** Steps that are taken over, by name, and the runs that computed them. */
  readonly takenOver?: ReadonlyMap<string, { readonly run: number }>
}

/** Seconds and bytes of every step of a plan, calibrated by what earlier steps took. */
export function estimateSteps(
  plan: Plan,
  facts: EstimateFacts,
  { records, slowness, cached, takenOver }: Experience,
  registry: MethodRegistry,
): readonly StepEstimate[] {
  const known = new Set(cached)
  const ofDevice = records.filter(({ device }) => device === facts.device)
  return plan.steps.map(step => {
    const work = countWork(plan, step, facts, registry)
    const uncached = work.passes.filter(({ key }) => !known.has(key)).reduce((sum, { seconds }) => sum + seconds, 0)
    for (const { key } of work.passes) known.add(key)
    const made = takenOver?.get(step.name)
    if (made !== undefined) return costsNothing(step.name, made.run)
    const rates = ratesOf(step.method, work, ofDevice)
    const general = slowness ?? 1
    const seconds =
      uncached * (rates.features ?? general) +
      work.training * (rates.training ?? general) +
      work.other * (rates.other ?? general)
    const needed = uncached + work.training > work.other ? (rates.features ?? rates.training) : rates.other
    const basis: EstimateBasis = needed !== undefined ? 'earlier' : slowness === null ? 'reference' : 'speed'
    const source = rates.source
    return {
      step: step.name,
      seconds,
      low: seconds / spread[basis],
      high: seconds * spread[basis],
      memory: memoryOf(work, rates.source),
      basis,
      from: basis === 'earlier' && source ? { run: source.run, name: source.name, photos: source.photos } : null,
      cached: work.features === 0 ? 0 : 1 - uncached / work.features,
      takenOverFrom: null,
    }
  })
}

function costsNothing(step: string, takenOverFrom: number): StepEstimate {
  return {
    step,
    seconds: 0,
    low: 0,
    high: 0,
    memory: baseMemory,
    basis: 'earlier',
    from: null,
    cached: 0,
    takenOverFrom,
  }
}

interface Rates {
  readonly features?: number
  readonly training?: number
  readonly other?: number
  readonly source?: StepRecord
}

/** Real seconds for one of the reference machine's, by the newest steps that did the same; absent where none did. */
function ratesOf(method: string, work: CountedWork, records: readonly StepRecord[]): Rates {
  const sameBackbone = records.filter(record => record.work.backbone === work.backbone)
  const featuring = sameBackbone.find(record => record.trunkSeconds !== undefined && computed(record) > 1)
  const training = work.training > 0 ? sameBackbone.find(record => record.work.training > 1) : undefined
  const same = records.find(record => record.method === method && record.work.training > 0 === work.training > 0)
  const source = training ?? same ?? featuring
  return {
    ...(featuring === undefined ? {} : { features: featuring.trunkSeconds! / computed(featuring) }),
    ...(training === undefined ? {} : { training: training.seconds / training.work.training }),
    ...(same === undefined || same.work.training > 0 ? {} : { other: otherRate(same) }),
    ...(source === undefined ? {} : { source }),
  }
}

function computed({ work, computedShare }: StepRecord): number {
  return work.features * computedShare
}

function otherRate({ seconds, trunkSeconds = 0, work }: StepRecord): number {
  return work.other <= 0 ? 1 : Math.max(0, seconds - trunkSeconds) / work.other
}

/** What the same method took, when it had as much on the device at once; else by the pixels at once. */
function memoryOf(work: CountedWork, source: StepRecord | undefined): number {
  if (source?.peakMemory !== undefined && source.work.atOnce >= work.atOnce * 0.99) return source.peakMemory
  return baseMemory + work.atOnce * (work.training > 0 ? memoryAPixel.training : memoryAPixel.forward)
}
