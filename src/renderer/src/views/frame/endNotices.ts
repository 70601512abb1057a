import type { Task } from '../../../../shared/contract/tasks'
import type { EndedRun } from '../../stores/activity'
import type { Notice } from '../../stores/notices'
import { frameTexts, taskScreens } from '../../texts/frame'

export type NewNotice = Omit<Notice, 'id'>

/** Whoever started a work that is over sooner than this still looks at it. */
const worthTellingMs = 10_000
/** Looks that a screen takes by itself and shows there. */
const silentKinds: ReadonlySet<Task['kind']> = new Set(['doctor', 'check', 'sweep'])

/** What is said of a run that has ended. */
export function runNotice({ run, event }: EndedRun): NewNotice {
  const texts = frameTexts.notices
  const link = { text: texts.openRun, to: `/p/${run.project}/runs/${run.runId}` }
  if (event.state === 'failed')
    return { kind: 'error', text: texts.runFailed(run.name, run.runId, event.error?.message ?? ''), link }
  const text = event.state === 'done' ? texts.runDone : texts.runCancelled
  return { kind: event.state === 'done' ? 'done' : 'info', text: text(run.name, run.runId), link }
}

/** @param isHidden nobody looks at the tab: then even a short work may have been forgotten */
export function isWorthTelling({ state, kind, startedAt, finishedAt }: Task, isHidden: boolean): boolean {
  if (state !== 'done' && state !== 'failed') return false
  return isHidden || (!silentKinds.has(kind) && (finishedAt ?? startedAt) - startedAt >= worthTellingMs)
}

/** What is said of a work that has ended, with the way to what it made. */
export function taskNotice({ state, kind, title, project, error }: Task): NewNotice {
  const texts = frameTexts.notices
  const screen = taskScreens[kind]
  const path = screen === undefined || screen === 'engine' ? screen && '/engine' : project && `/p/${project}/${screen}`
  return {
    kind: state === 'done' ? 'done' : 'error',
    text: state === 'done' ? texts.taskDone(title) : texts.taskFailed(title, error?.message ?? ''),
    ...(path ? { link: { text: texts.open, to: path } } : {}),
  }
}
