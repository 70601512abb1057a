import { onScopeDispose, shallowRef, watch } from 'vue'
import { newestOnly } from '../../../../shared/newestOnly'
import { api } from '../../api/client'
import type { ShownLine } from '../../components/runs/RunLog.vue'
import { useLiveStore } from '../../stores/live'

const paceMs = 300

/** The log of a run: its newest page, what is written while it is looked at, and older pages when they are asked for. */
export function useRunLog(project: () => string, run: () => number | undefined) {
  const lines = shallowRef<readonly ShownLine[]>([])
  const from = shallowRef(0)
  let next = 0
  const questions = newestOnly()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function load(): Promise<void> {
    const [isNewest, wanted] = [questions.ask(), run()]
    if (wanted === undefined) return void (lines.value = [])
    const page = await api.runs.log.query({ project: project(), run: wanted })
    if (!isNewest()) return
    lines.value = page.lines
    from.value = page.from
    next = page.next
  }

  async function earlier(): Promise<void> {
    const [isNewest, wanted] = [questions.follow(), run()]
    if (wanted === undefined || from.value === 0) return
    const page = await api.runs.log.query({ project: project(), run: wanted, before: from.value })
    if (!isNewest()) return
    lines.value = [...page.lines, ...lines.value]
    from.value = page.from
  }

  async function grow(): Promise<void> {
    const [isNewest, wanted, after] = [questions.follow(), run(), next]
    if (wanted === undefined) return
    const page = await api.runs.log.query({ project: project(), run: wanted, after })
    const isKnown = next !== after // another answer, asked for meanwhile, brought these lines
    if (!isNewest() || isKnown || page.next === after) return
    lines.value = [...lines.value, ...page.lines]
    next = page.next
    await grow()
  }

  watch(
    () => [project(), run()],
    () => {
      lines.value = []
      void load().catch(() => undefined)
    },
    { immediate: true },
  )
  const stop = useLiveStore().listen(event => {
    if (event.type === 'reset') void load().catch(() => undefined)
    if (event.type !== 'run' || event.project !== project() || event.event.runId !== run()) return
    if (event.event.type !== 'log' && event.event.type !== 'state') return
    timer ??= setTimeout(() => {
      timer = undefined
      void grow().catch(() => undefined) // the next line asks again
    }, paceMs)
  })
  onScopeDispose(() => {
    stop()
    questions.withdraw()
    clearTimeout(timer)
  })
  return { lines, from, earlier }
}
