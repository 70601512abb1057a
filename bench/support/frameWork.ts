import type { Browser, Page } from 'playwright-core'

/** Processor time that frames take, ms a frame. */
export interface FrameWork {
  /** The page's own thread: scripts, styles, layout and the lists of what to draw, in a frame of 20. */
  readonly pageP95: number
  readonly page: number
  /** What draws: pictures decoded, tiles filled and put together, by processors where there is no card. */
  readonly drawing: number
}

/** An event of Chromium's trace; times in µs, those of its thread where `t` is in front. */
interface TraceEvent {
  readonly name: string
  readonly ph: string
  readonly pid: number
  readonly tid: number
  readonly ts: number
  readonly dur: number
  readonly tdur?: number
  readonly args: { readonly name?: string }
}

const categories = ['toplevel', 'devtools.timeline', 'cc', 'viz', '__metadata']
const drawingThreads = ['Compositor', 'ThreadPoolForegroundWorker', 'VizCompositorThread']

/** What the frames of `work` take of the processors: other programs make it last longer, but hardly make it more. */
export async function frameWork(browser: Browser, page: Page, work: () => Promise<void>): Promise<FrameWork> {
  await browser.startTracing(page, { categories })
  await work()
  const trace = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] }
  return workOf(trace.traceEvents)
}

function workOf(events: readonly TraceEvent[]): FrameWork {
  const frames = events.filter(({ name }) => name === 'FireAnimationFrame').sort((left, right) => left.ts - right.ts)
  const first = frames[0]!
  const threads = new Map<string, TraceEvent[]>()
  const names = new Map<string, string>()
  for (const event of events) {
    const thread = `${event.pid} ${event.tid}`
    if (event.name === 'thread_name') names.set(thread, event.args.name ?? '')
    if (event.ph !== 'X' || event.tdur === undefined) continue
    const list = threads.get(thread) ?? []
    threads.set(thread, list)
    list.push(event)
  }
  const page = tasksOf(threads.get(`${first.pid} ${first.tid}`) ?? [])
  const perFrame = frames
    .slice(1)
    .map((frame, i) => milliseconds(page.filter(({ ts }) => ts >= frames[i]!.ts && ts < frame.ts)))
  const drawing = [...threads].filter(([thread]) => drawingThreads.includes(names.get(thread) ?? ''))
  return {
    pageP95: perFrame.toSorted((left, right) => left - right)[Math.floor(perFrame.length * 0.95)]!,
    page: milliseconds(page) / frames.length,
    drawing: drawing.reduce((sum, [, list]) => sum + milliseconds(tasksOf(list)), 0) / frames.length,
  }
}

/** The events of a thread that lie in no other. */
function tasksOf(events: readonly TraceEvent[]): TraceEvent[] {
  let end = -Infinity
  return events
    .toSorted((left, right) => left.ts - right.ts || right.dur - left.dur)
    .filter(event => {
      if (event.ts < end) return false
      end = event.ts + event.dur
      return true
    })
}

function milliseconds(tasks: readonly TraceEvent[]): number {
  return tasks.reduce((sum, { tdur = 0 }) => sum + tdur, 0) / 1000
}
