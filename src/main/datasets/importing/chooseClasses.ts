import { WorkbenchError } from '../../../shared/errors'
import { didYouMean } from '../../../shared/nearestName'
import type { DatasetDraft, DraftPhoto } from './defineFormat'

export interface ChosenClasses {
  readonly classes: readonly string[]
  readonly notes: readonly string[]
}

/** Label maps have 8 bits: 0 is the background, 255 void, and 254 is kept free. */
const MOST_CLASSES = 253

/**
 * The classes of the import: those of the project, else the chosen ones, else all that the source names. A chosen name
 * that the source does not know is refused: it is a slip of the fingers more often than a class without photos.
 */
export function chooseClasses(
  project: readonly string[],
  chosen: readonly string[] | undefined,
  draft: Pick<DatasetDraft, 'photos' | 'classes' | 'maskNames'>,
): ChosenClasses {
  if (project.length > 0) return { classes: project, notes: projectNotes(project, chosen, draft) }
  const classes = chosen ?? draft.classes
  if (classes.length === 0)
    throw new WorkbenchError('BAD_INPUT', 'The labels name no class: say which there are with --classes a,b,c.')
  if (classes.length > MOST_CLASSES)
    throw new WorkbenchError(
      'UNSUPPORTED',
      `${classes.length} classes are more than the ${MOST_CLASSES} that fit a mask.`,
    )
  const known = knownNames(draft)
  const repeated = classes.find((name, index) => classes.indexOf(name) !== index)
  if (repeated !== undefined) throw new WorkbenchError('USAGE', `--classes names "${repeated}" twice.`)
  const unknown = classes.find(name => known.length > 0 && !known.includes(name))
  if (unknown !== undefined)
    throw new WorkbenchError('BAD_INPUT', `No label is called "${unknown}"${didYouMean(unknown, known)}`)
  return { classes, notes: otherNotes(classes, draft) }
}

function projectNotes(
  project: readonly string[],
  chosen: readonly string[] | undefined,
  draft: Pick<DatasetDraft, 'photos'>,
): readonly string[] {
  if (chosen !== undefined && chosen.join('\n') !== project.join('\n'))
    throw new WorkbenchError(
      'BAD_INPUT',
      `This project's classes are ${project.join(', ')}: leave --classes out, or make another project for ${chosen.join(', ')}.`,
    )
  return otherNotes(project, draft)
}

/** Says which classes were left out, and in how many photos they stand. */
function otherNotes(classes: readonly string[], { photos }: Pick<DatasetDraft, 'photos'>): readonly string[] {
  const counts = new Map<string, number>()
  for (const name of photos.flatMap(presentNames))
    if (!classes.includes(name)) counts.set(name, (counts.get(name) ?? 0) + 1)
  if (counts.size === 0) return []
  const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const listed = ranked.map(([name, count]) => {
    const sibling = classes.find(other => other.toLowerCase() === name.toLowerCase())
    return sibling === undefined ? `${name} ${count}` : `${name} ${count} (is it ${sibling}?)`
  })
  return [`Classes left out, with their photos: ${listed.join(', ')}.`]
}

function presentNames({ labels }: DraftPhoto): readonly string[] {
  return labels === 'from-mask' ? [] : labels.present
}

function knownNames({ classes, maskNames }: Pick<DatasetDraft, 'classes' | 'maskNames'>): readonly string[] {
  return [...new Set([...classes, ...(maskNames ?? [])])]
}
