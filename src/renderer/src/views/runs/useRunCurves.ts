import { onScopeDispose, shallowRef, watch, type ShallowRef } from 'vue'
import { newestOnly } from '../../../../shared/newestOnly'
import { api } from '../../api/client'
import { mostKeptPoints, withPoints, type RunCurve } from '../../components/runs/curves'
import { useLiveStore } from '../../stores/live'

/** The screen is brought up to date this often while points come, ms. */
const paceMs = 400

/** The curves of a run: thinned when it is first shown, then with every point that is stored. */
export function useRunCurves(project: () => string, run: () => number | undefined): ShallowRef<readonly RunCurve[]> {
  const curves = shallowRef<readonly RunCurve[]>([])
  let last = 0
  const questions = newestOnly()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const [isNewest, wanted] = [questions.ask(), run()]
    if (wanted === undefined) return void (curves.value = [])
    const answer = await api.runs.curves.query({ project: project(), run: wanted })
    if (!isNewest()) return
    last = answer.last
    curves.value = answer.curves
  }

  async function grow(): Promise<void> {
    const [isNewest, wanted] = [questions.follow(), run()]
    if (wanted === undefined) return
    const answer = await api.runs.points.query({ project: project(), run: wanted, after: last })
    if (!isNewest()) return
    last = answer.last
    const grown = withPoints(curves.value, answer.points)
    curves.value = grown
    if (answer.more || grown.some(({ points }) => points.length > mostKeptPoints)) await load()
  }

  function growSoon(): void {
    timer ??= setTimeout(() => {
      timer = undefined
      void grow().catch(() => undefined) // the next event, or the reconnected stream, asks again
    }, paceMs)
  }

  watch(
    () => [project(), run()],
    () => {
      curves.value = []
      void load().catch(() => undefined)
    },
    { immediate: true },
  )
  const stop = useLiveStore().listen(event => {
    if (event.type === 'reset') void load().catch(() => undefined)
    if (event.type !== 'run' || event.project !== project() || event.event.runId !== run()) return
    if (event.event.type === 'metrics') growSoon()
  })
  onScopeDispose(() => {
    stop()
    questions.withdraw()
    clearTimeout(timer)
  })
  return curves
}
