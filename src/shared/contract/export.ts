import type { OptionField } from './recipeForm'

/** What a door out is made of: label maps, score maps, what the photos are labelled with, or a trained network. */
export const exportContents = ['masks', 'scores', 'labels', 'checkpoint'] as const
export type ExportContents = (typeof exportContents)[number]

/**
 * Which masks are meant. `run`: those of a run's step. `corrected`: a person's where there is one, else the step's.
 * `reviewed`: only those that a person accepted or edited. `truth`: the ground truth that the photos came with.
 */
export const maskChoices = ['run', 'corrected', 'reviewed', 'truth'] as const
export type MaskChoice = (typeof maskChoices)[number]

/** A door out as the screen and the command line show it. */
export interface ExportForm {
  readonly id: string
  readonly title: string
  /** What it is, who reads it and what it cannot say: a sentence or two. */
  readonly text: string
  readonly contents: ExportContents
  readonly options: readonly OptionField[]
}

/** A file of an export. */
export interface ExportedFile {
  /** From the export's folder, with `/`. */
  readonly path: string
  readonly bytes: number
  readonly sha256: string
}

/** Where what was exported comes from, in full: enough to make it again. */
export interface ExportOrigin {
  /** Null for what no run made. */
  readonly run: {
    readonly id: number
    readonly name: string
    readonly step: string
    readonly seed: number
    readonly datasetHash: string
    /** Method and options of the step and all it was made from. */
    readonly steps: readonly { readonly name: string; readonly method: string; readonly options: unknown }[]
  } | null
  readonly masks: MaskChoice | null
  /** A split's name; null: all photos. */
  readonly split: string | null
  readonly photos: number
  /** Masks among them that a person accepted or edited. */
  readonly corrected: number
  /** Stems of photos that there was nothing to export of. */
  readonly missing: readonly string[]
}

/** `manifest.json` of every export. */
export interface ExportManifest {
  readonly program: { readonly name: 'Maskwright'; readonly version: string }
  readonly format: string
  readonly options: Readonly<Record<string, unknown>>
  readonly classes: readonly string[]
  readonly origin: ExportOrigin
  /** What the format could not say, or said in its own way. */
  readonly notes: readonly string[]
  /** ISO 8601, UTC. */
  readonly createdAt: string
  /** All but the manifest itself, by path. */
  readonly files: readonly ExportedFile[]
}

/** What an export wrote, for people and programs. */
export interface ExportReport {
  readonly format: string
  /** Absolute. */
  readonly folder: string
  /** How many, the manifest not counted. */
  readonly files: number
  readonly bytes: number
  readonly origin: ExportOrigin
  readonly notes: readonly string[]
}

/** A step of a run that something can be exported of. */
export interface ExportStep {
  readonly run: number
  readonly runName: string
  readonly step: string
  readonly method: string
  readonly contents: ExportContents
}

/** What there is to export, for the screen's choices. */
export interface ExportSources {
  /** The newest run first, its latest step first. */
  readonly steps: readonly ExportStep[]
  /** Photos whose mask a person accepted or edited. */
  readonly reviewed: number
  readonly truths: number
  /** A folder beside the project that exports may go to. */
  readonly parent: string
}
