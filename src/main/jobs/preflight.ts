import { WorkbenchError } from '../../shared/errors'
import { someNames } from '../../shared/text/someNames'
import { findMethod, type MethodRegistry } from '../methods/index'
import type { Plan } from './recipes'
import type { RunFacts } from './runFacts'

/**
 * What can be known before a run begins.
 * @returns sentences worth saying, though they stop nothing
 * @throws BAD_INPUT where the run could only fail or learn nothing
 */
export function preflight(
  { split, photos, classes, unlabelled }: Pick<RunFacts, 'split' | 'photos' | 'classes' | 'unlabelled'>,
  plan: Plan,
  registry: MethodRegistry,
): readonly string[] {
  const where = split === 'all' ? 'This project' : `The split "${split}"`
  if (photos === 0) throw new WorkbenchError('BAD_INPUT', `${where} has no photos: import some first.`)
  const trains = plan.steps.some(({ method }) => findMethod(method, registry).kind === 'train')
  if (trains && classes.every(({ images }) => images === 0))
    throw new WorkbenchError(
      'BAD_INPUT',
      `${where} has ${photos} photos and no label: import them again with a list of the classes in each.`,
    )
  const learns = trains || plan.steps.some(({ from }) => from.labels !== undefined)
  return [
    ...unseen(classes.filter(({ images }) => images === 0).map(({ name }) => `"${name}"`)),
    ...(learns ? untaught(unlabelled) : []),
  ]
}

/** One sentence on photos that are segmented, and teach nothing. */
function untaught(stems: readonly string[]): readonly string[] {
  if (stems.length === 0) return []
  const [them, shows] = stems.length === 1 ? ['it', '1 photo shows'] : ['them', `${stems.length} photos show`]
  const names = someNames(stems, 3)
  return [
    `Nobody has said what ${shows} (${names}): training leaves ${them} out. Set labels, also where a class is absent, or import ${them} with labels.`,
  ]
}

/** One sentence, however many classes it is about: of hundreds a project may lack dozens. */
function unseen(names: readonly string[]): readonly string[] {
  if (names.length === 0) return []
  const [them, theClass] = names.length === 1 ? ['it', 'the class'] : ['them', 'these classes']
  return [
    `No photo shows ${someNames(names, 3)}: no maps can be made for ${them}. Import photos of ${them}, or leave ${theClass} out.`,
  ]
}
