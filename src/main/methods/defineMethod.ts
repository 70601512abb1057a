import type { z } from 'zod'
import type { PrototypeSimilarity } from '../../shared/prototypes/similarity'
import type { InspectionContext, MethodContext, StepResult } from './context'

/** What a step takes in and gives out: a recipe chains when every input is some earlier step's output. */
export const artifactKinds = ['classifier', 'scores', 'labels', 'prototypes', 'edges', 'segmentation'] as const
export type ArtifactKind = (typeof artifactKinds)[number]

/** Masks of photos that a step can be told of: ground truth, and what a person accepted or corrected. */
export const photoMasks = ['truth', 'correction'] as const
export type PhotoMask = (typeof photoMasks)[number]

export const methodKinds = ['train', 'seed', 'refine', 'segment'] as const
export type MethodKind = (typeof methodKinds)[number]

export interface Paper {
  readonly title: string
  readonly url: string
  readonly year: number
}

/** An input that every photo sends through the frozen backbone: its sides as a factor of scale 1. */
export interface FeaturePass {
  readonly scale: number
  /** 2: with its mirror image. */
  readonly copies: 1 | 2
}

/** The backbone that a step's work goes through. */
export interface TrunkWork {
  readonly backbone: string
  /** Time of a pixel, as a multiple of EfficientNet-Lite0's. */
  readonly cost: number
  /** Features are cached under this name; null: no other run has the same ones, since the backbone was trained. */
  readonly identity: string | null
  /** Longest side of the input at scale 1, px; null: as the photo is. */
  readonly longestSide: number | null
}

/**
 * What a step computes: its time is estimated from this and from how long earlier steps took. Seconds are those of the
 * reference machine of `engine/speed.ts` (two cores, 150 gigaflops).
 */
export interface StepWork {
  readonly trunk?: TrunkWork
  /** Of each photo. They are cached: a later step with the same ones is spared them. */
  readonly features?: readonly FeaturePass[]
  /** 10⁶ pixels that go forward and back through the backbone, in all. */
  readonly trainedMegapixels?: number
  /** Pixels on the device at once while training. */
  readonly trainedAtOnce?: number
  /** Seconds of all else. */
  readonly otherSeconds: number
}

/** What a step's work depends on beside its own options. */
export interface WorkFacts {
  readonly photos: number
  /** Of them, those with ground truth. */
  readonly truths: number
  /** Pixels of all photos together, those with a longer side than this brought down to it; null: as they are. */
  readonly pixelsWithin: (longestSide: number | null) => number
  readonly classes: number
  readonly device: 'cpu' | 'gpu'
  /** Options of the steps that give its inputs. */
  readonly from: Partial<Record<ArtifactKind, Readonly<Record<string, unknown>>>>
}

/** When a method needs one of its inputs after all. */
export interface OptionalInput<Options> {
  readonly isNeeded: (options: Options) => boolean
  /** What to do where no step gives it: follows "or" in a sentence. */
  readonly instead: string
}

/** A method: data that can be listed without TensorFlow, and a door that loads the code that runs it. */
export interface MethodDefinition<Schema extends z.ZodObject = z.ZodObject> {
  readonly id: string
  readonly kind: MethodKind
  readonly title: string
  readonly paper?: Paper
  readonly options: Schema
  /** Named option sets, e.g. `official-voc`; an option given beside a preset wins over it. */
  readonly presets?: Readonly<Record<string, Partial<z.output<Schema>>>>
  readonly inputs: readonly ArtifactKind[]
  /** Those of the inputs that it can do without, where its options say so: an earlier step that gives one is taken still. */
  readonly optionalInputs?: Readonly<Partial<Record<ArtifactKind, OptionalInput<z.output<Schema>>>>>
  readonly outputs: readonly ArtifactKind[]
  /** `false`: the step asks nothing of TensorFlow, and what it made stands whatever engine is installed later. */
  readonly engine?: false
  /**
   * Raised when the same photos and options give another result than before, by the method's code or by what it stands
   * on: what an earlier version made is not taken over then. 1 when left out.
   */
  readonly version?: number
  /** Masks of the photos that the step is given, all when left out: what others change does not make its result another. */
  readonly masks?: readonly PhotoMask[]
  /** Files and folders outside the project that the options may point to: where they change, the result may. */
  readonly files?: (options: z.output<Schema>) => readonly (string | undefined)[]
  /** For estimates; left out: half a second a photo. */
  readonly work?: (options: z.output<Schema>, facts: WorkFacts) => StepWork
  readonly load: () => Promise<{ readonly run: MethodRun<z.output<Schema>> }>
  /** Methods with prototypes: how like each of them one photo is. */
  readonly loadInspection?: () => Promise<{ readonly inspect: MethodInspection<z.output<Schema>> }>
}

export type MethodRun<Options> = (options: Options, context: MethodContext) => Promise<StepResult>

export type MethodInspection<Options> = (options: Options, context: InspectionContext) => Promise<PrototypeSimilarity>

/** Gives a definition its types; the object is returned as it is. */
export function defineMethod<Schema extends z.ZodObject>(
  definition: MethodDefinition<Schema>,
): MethodDefinition<Schema> {
  return definition
}
