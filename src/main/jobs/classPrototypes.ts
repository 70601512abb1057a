import type { ClassPrototypes, Prototype, PrototypePatch } from '../../shared/contract/prototypes'
import { WorkbenchError } from '../../shared/errors'
import { cellBox } from '../../shared/geometry/cellBox'
import { prototypeId, prototypeName, type PrototypeSide } from '../../shared/prototypes/prototypeId'
import { readPrototypes, type PrototypeExample, type PrototypeReport } from '../artifacts/prototypes'
import type { Project } from '../db/open'
import type { RunRow } from '../db/schema'
import { planOf } from './findStep'
import type { PlannedStep } from './recipes'
import { stepFolder } from './stepOrder'

/** What a step's options say of its prototypes. Options of a plan are checked, so they have what their schema has. */
interface PrototypeOptions {
  readonly muForeground: number
  readonly muBackground: number
  readonly muBackgroundLow: number
  readonly mode: string
  readonly prototypes: string | null
  readonly drop: readonly string[]
  readonly keep: readonly string[]
}

/** The step of that name. @throws NOT_FOUND */
export function prototypeStep(run: RunRow, name: string): PlannedStep {
  const step = planOf(run).steps.find(other => other.name === name)
  if (step !== undefined) return step
  throw new WorkbenchError('NOT_FOUND', `Run ${run.id} has no step "${name}".`)
}

/**
 * The prototypes of one class with the patches nearest to each.
 * @returns null where the step makes none, or has not come that far
 */
export async function classPrototypes(
  project: Project,
  run: RunRow,
  stepName: string,
  place: number,
): Promise<ClassPrototypes | null> {
  const step = prototypeStep(run, stepName)
  const kept = await readPrototypes(stepFolder(project, run.id, step.name))
  const of = kept?.report.classes[place]
  if (kept === undefined || of === undefined) return null
  const options = step.options as unknown as PrototypeOptions
  const side = (which: PrototypeSide) => prototypesOf(project, kept.report, place, which, options)
  return {
    run: run.id,
    step: step.name,
    className: of.name,
    fallback: of.fallback,
    photos: of.photos,
    prototypes: [...side('foreground'), ...side('context')],
    from: options.prototypes,
    drop: options.drop,
    keep: options.keep,
    bounds: {
      foreground: options.muForeground,
      contextLow: options.muBackgroundLow,
      context: options.muBackground,
    },
    withoutContext: options.mode === 'lpcam-f',
  }
}

function prototypesOf(
  project: Project,
  report: PrototypeReport,
  place: number,
  side: PrototypeSide,
  { drop, keep, mode }: PrototypeOptions,
): Prototype[] {
  const { name, [side]: set } = report.classes[place]!
  return set.counts.map((count, index) => {
    const called = prototypeName(name, { side, index })
    return {
      id: prototypeId({ side, index }),
      side,
      count,
      probability: set.probabilities[index] ?? null,
      chosen: set.selected[index] === true && !(side === 'context' && mode === 'lpcam-f'),
      switched: keep.includes(called) ? 'on' : drop.includes(called) ? 'off' : null,
      patches: (set.examples[index] ?? []).flatMap(example => patchOf(project, report, example)),
    }
  })
}

/** A photo that was taken out of the project since has no patch. */
function patchOf(project: Project, { grid }: PrototypeReport, example: PrototypeExample): PrototypePatch[] {
  const photo = project.images.find(example.imageId)
  if (photo === undefined) return []
  const { id, stem, width, height, sha256 } = photo
  return [
    {
      image: id,
      stem,
      photo: { width, height, hash: sha256.slice(0, 16) },
      box: cellBox(example, { width, height }, grid),
      cosine: example.cosine,
    },
  ]
}
