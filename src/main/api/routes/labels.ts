import { z } from 'zod'
import type { LabelStep } from '../../../shared/contract/datasetStats'
import { photoChoiceSchema } from '../../../shared/contract/imageFilter'
import { labelStates } from '../../../shared/contract/states'
import { WorkbenchError } from '../../../shared/errors'
import type { EventBus } from '../../host/eventBus'
import type { LabelHistory } from '../../host/labelHistory'
import type { ProjectSession } from '../../host/projectSession'
import { editProcedure, projectProcedure, router } from '../trpc'

/** Labels of photos: what a person corrects. Every edit is stored before it is answered, and can be taken back. */
export const labels = router({
  /** Sets one label of some photos; `null` goes back to what was given. */
  set: editProcedure
    .input(z.object({ photos: photoChoiceSchema, place: z.int().min(0), state: z.enum(labelStates).nullable() }))
    .mutation(({ ctx: { session, bus, key }, input: { photos, place, state } }) => {
      const label = session.project.classes.list()[place]
      if (label === undefined)
        throw new WorkbenchError('NOT_FOUND', `This project has no class ${place}: look at its classes again.`)
      const ids = session.project.photos.chosen(photos)
      const changed = session.labelHistory.set(ids, { classId: label.id, place }, state)
      if (changed > 0) bus.emit({ type: 'dataset', project: key })
      return { changed }
    }),
  undo: editProcedure.mutation(({ ctx }) => stepped(ctx, history => history.undo())),
  redo: editProcedure.mutation(({ ctx }) => stepped(ctx, history => history.redo())),
  /** What can be taken back and made again. */
  history: projectProcedure.query(({ ctx: { session } }) => session.labelHistory.state),
  /** How many of some photos show each class. It changes nothing; as a query, thousands of ids would be an address. */
  summary: projectProcedure.input(z.object({ photos: photoChoiceSchema })).mutation(({ ctx: { session }, input }) => {
    const ids = session.project.photos.chosen(input.photos)
    return { photos: ids.length, classes: session.project.labels.summary(ids) }
  }),
})

interface EditContext {
  readonly session: ProjectSession
  readonly bus: EventBus
  readonly key: string
}

function stepped({ session, bus, key }: EditContext, step: (history: LabelHistory) => LabelStep): LabelStep {
  const about = step(session.labelHistory)
  bus.emit({ type: 'dataset', project: key })
  return about
}
