import type { MaskOrigin } from '../../../../../shared/contract/review'
import type { PhotoLayers, StepLayer } from '../../../../../shared/contract/seeds'

type Scores = Extract<StepLayer, { kind: 'scores' }>

/**
 * The maps that a mask was made from: those its own step took; else the last ones of its run; else of the newest run that
 * has any. Undefined where no run has maps of the photo.
 */
export function scoresStep({ runs }: PhotoLayers, origin: MaskOrigin | null): Scores | undefined {
  const own = runs.find(({ id }) => id === origin?.run)
  const made = own?.steps.find(step => step.kind === 'labels' && step.step === origin?.step)
  const from = made?.kind === 'labels' ? made.from : null
  const scores = (of: typeof own) => of?.steps.filter((step): step is Scores => step.kind === 'scores') ?? []
  return scores(own).find(({ step }) => step === from) ?? scores(own).at(-1) ?? runs.flatMap(scores).at(0)
}
