import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { readSafetensors, writeSafetensors } from '../weights/safetensors'
import { type NamedTensor, toFloat32 } from '../../shared/tensors/tensors'
import { replaceFile } from '../weights/atomicFile'

const exampleSchema = z.object({
  imageId: z.number(),
  /** Cell of the feature grid. */
  row: z.number(),
  column: z.number(),
  /** Of the grid. */
  rows: z.number(),
  columns: z.number(),
  cosine: z.number(),
})

const setSchema = z.object({
  /** Features clustered, and how many there were before the draw. */
  vectors: z.number(),
  available: z.number(),
  counts: z.array(z.number()),
  probabilities: z.array(z.number().nullable()),
  selected: z.array(z.boolean()),
  topOne: z.boolean(),
  rejected: z.number(),
  iterations: z.number(),
  shift: z.number().nullable(),
  converged: z.boolean(),
  reseeded: z.number(),
  /** The patches nearest to each centre, at most one a photo. */
  examples: z.array(z.array(exampleSchema)),
})
export type PrototypeSetReport = z.output<typeof setSchema>
export type PrototypeExample = z.output<typeof exampleSchema>

/** Where cells of the feature grid lie in a photo: the input's longest side (null: as it is) and a cell's, in pixels. */
const gridSchema = z.object({ longestSide: z.number().nullable(), stride: z.number() })

const reportSchema = z.object({
  seed: z.number(),
  /** Hash of the trunk whose features were clustered: others' features cannot be compared with the prototypes. */
  trunk: z.string().optional(),
  /** Left out by earlier versions. */
  grid: gridSchema.optional(),
  classes: z.array(
    z.object({
      name: z.string(),
      status: z.enum(['prototypes', 'no-foreground']),
      /** cam: the seed step's map stands in for the class; top1: no centre passed μ_f, the likeliest was taken. */
      fallback: z.enum(['none', 'cam', 'top1']),
      photos: z.number(),
      foreground: setSchema,
      context: setSchema,
    }),
  ),
})
export type PrototypeReport = z.output<typeof reportSchema>
export type ClassPrototypeReport = PrototypeReport['classes'][number]

/** Centres of one class: its own and its context's, `[k, channels]` each. */
export interface ClassCentres {
  readonly foreground: Float32Array
  readonly context: Float32Array
}

const tensorFile = 'prototypes.safetensors'
const reportFile = 'prototypes.json'

/** Keeps centres and report in a step's folder: for the maps, for inspection, for a resumed run. */
export async function writePrototypes(
  folder: string,
  centres: readonly ClassCentres[],
  report: PrototypeReport,
  channels: number,
): Promise<void> {
  const tensors = new Map<string, NamedTensor>()
  centres.forEach(({ foreground, context }, n) => {
    tensors.set(`${n}.foreground`, { dtype: 'F32', shape: [foreground.length / channels, channels], data: foreground })
    tensors.set(`${n}.context`, { dtype: 'F32', shape: [context.length / channels, channels], data: context })
  })
  await writeSafetensors(join(folder, tensorFile), tensors)
  await replaceFile(join(folder, reportFile), [Buffer.from(JSON.stringify(report))])
}

/** Reads what `writePrototypes` kept; undefined where the step has not come that far. */
export async function readPrototypes(
  folder: string,
): Promise<{ readonly centres: readonly ClassCentres[]; readonly report: PrototypeReport } | undefined> {
  // The report is written last: where it is, the tensors are whole.
  const text = await readFile(join(folder, reportFile), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const report = reportSchema.parse(JSON.parse(text))
  const { tensors } = await readSafetensors(join(folder, tensorFile))
  const centres = report.classes.map((_, n) => ({
    foreground: toFloat32(tensors.get(`${n}.foreground`)!),
    context: toFloat32(tensors.get(`${n}.context`)!),
  }))
  return { centres, report }
}
