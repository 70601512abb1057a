import type { ErrorData } from '../errors'

/** Seeds are whole numbers from 0 to this. */
export const mostSeed = 2 ** 31 - 1

/** How an option is entered. `mixed` takes a number, or one of some words. */
export const optionControls = ['number', 'integer', 'switch', 'choice', 'text', 'numbers', 'texts', 'mixed'] as const
export type OptionControl = (typeof optionControls)[number]

/** One option of a method as its schema describes it: all that a form needs to draw it. */
export interface OptionField {
  readonly key: string
  readonly control: OptionControl
  /** The schema's default; undefined where the option may be left out. */
  readonly default?: unknown
  /** It may be null: "none" or "all", as its reason says. */
  readonly nullable: boolean
  readonly minimum?: number
  readonly maximum?: number
  /** The bound itself is not allowed. */
  readonly exclusiveMinimum?: boolean
  readonly exclusiveMaximum?: boolean
  /** Of `choice`, and the words that `mixed` takes beside numbers. */
  readonly choices?: readonly string[]
  /** Items that a list has. */
  readonly items?: { readonly minimum: number; readonly maximum: number }
  /** 'px', 's' …; undefined for a plain number. */
  readonly unit?: string
  /** What it does and where its default comes from. */
  readonly reason: string
  /** Shown without unfolding the rest. */
  readonly main: boolean
}

/** A method as the form shows it. */
export interface MethodForm {
  readonly id: string
  readonly kind: string
  readonly title: string
  readonly paper?: { readonly title: string; readonly url: string; readonly year: number }
  readonly inputs: readonly string[]
  /** Those of them that it can do without, by its options. */
  readonly optionalInputs: readonly string[]
  readonly outputs: readonly string[]
  readonly options: readonly OptionField[]
  readonly presets: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** What is wrong with a recipe that is being written, at the place where it is. */
export interface RecipeProblem {
  /** Place of the step, from 0; null: the recipe itself. */
  readonly step: number | null
  /** An option of the step, `name`, `preset` or `from.<kind>`; null: the step itself. */
  readonly field: string | null
  readonly message: string
}

/** How a time was arrived at, from the surest to the vaguest. */
export const estimateBases = ['earlier', 'speed', 'reference'] as const
export type EstimateBasis = (typeof estimateBases)[number]

export interface StepEstimate {
  readonly step: string
  readonly seconds: number
  /** The time is likely between these two, seconds. */
  readonly low: number
  readonly high: number
  /** Bytes at its peak. */
  readonly memory: number
  readonly basis: EstimateBasis
  /** The earlier step that it is calibrated by. */
  readonly from: { readonly run: number; readonly name: string; readonly photos: number } | null
  /** Share of the inputs whose features are in the cache already, 0 … 1. */
  readonly cached: number
  /** The run that has made the same: it is not computed again; null: it is computed. */
  readonly takenOverFrom: number | null
}

/** What a run will take on this machine, before it is started. */
export interface RunEstimate {
  readonly photos: number
  readonly steps: readonly StepEstimate[]
  readonly seconds: number
  readonly low: number
  readonly high: number
  /** Bytes at the peak of the largest step. */
  readonly memory: number
  /** Bytes of the machine. */
  readonly machineMemory: number
  /** Measured speed in 10⁹ operations a second; null where it could not or need not be measured. */
  readonly gigaflops: number | null
  readonly device: string
  /** What stands against a start: no engine, no photos, no labels. */
  readonly obstacle: ErrorData | null
  /** Worth knowing, though it stops nothing. */
  readonly notes: readonly string[]
}
