import { onScopeDispose, watch } from 'vue'
import { useRouter } from 'vue-router'
import type { Task } from '../../../../shared/contract/tasks'
import { useActivityStore, type EndedRun } from '../../stores/activity'
import { useLiveStore } from '../../stores/live'
import { useNoticesStore, type Notice } from '../../stores/notices'
import { usePreferencesStore } from '../../stores/preferences'
import { frameTexts, taskScreens } from '../../texts/frame'

/** Whoever started a work that is over sooner than this still looks at it. */
const worthTellingMs = 10_000
/** Looks that a screen takes by itself and shows there. */
const silentKinds: ReadonlySet<Task['kind']> = new Set(['doctor', 'check'])

type NewNotice = Omit<Notice, 'id'>

/** Says when a run or a work has ended, and on the desktop too while the tab is hidden and the person allowed it. */
export function useEndNotices(): void {
  const activity = useActivityStore()
  const notices = useNoticesStore()
  const preferences = usePreferencesStore()
  const router = useRouter()

  function tell(notice: NewNotice): void {
    notices.say(notice)
    if (document.hidden && preferences.desktopNotices) showOnDesktop(notice, path => void router.push(path))
  }

  watch(
    () => activity.ended,
    ended => ended && tell(runNotice(ended)),
  )
  const stop = useLiveStore().listen(event => {
    if (event.type === 'task' && isWorthTelling(event.task)) tell(taskNotice(event.task))
  })
  onScopeDispose(stop)
}

function runNotice({ run, event }: EndedRun): NewNotice {
  const texts = frameTexts.notices
  const link = { text: texts.openRun, to: `/p/${run.project}/runs/${run.runId}` }
  if (event.state === 'failed')
    return { kind: 'error', text: texts.runFailed(run.name, run.runId, event.error?.message ?? ''), link }
  const text = event.state === 'done' ? texts.runDone : texts.runCancelled
  return { kind: event.state === 'done' ? 'done' : 'info', text: text(run.name, run.runId), link }
}

function isWorthTelling({ state, kind, startedAt, finishedAt }: Task): boolean {
  if (state !== 'done' && state !== 'failed') return false
  return document.hidden || (!silentKinds.has(kind) && (finishedAt ?? startedAt) - startedAt >= worthTellingMs)
}

function taskNotice({ state, kind, title, project, error }: Task): NewNotice {
  const texts = frameTexts.notices
  const screen = taskScreens[kind]
  const path = screen === undefined || screen === 'engine' ? screen && '/engine' : project && `/p/${project}/${screen}`
  return {
    kind: state === 'done' ? 'done' : 'error',
    text: state === 'done' ? texts.taskDone(title) : texts.taskFailed(title, error?.message ?? ''),
    ...(path ? { link: { text: texts.open, to: path } } : {}),
  }
}

function showOnDesktop({ text, link }: NewNotice, open: (path: string) => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return
  const shown = new Notification('Maskwright', { body: text, icon: '/icon.svg' })
  shown.onclick = () => {
    window.focus()
    if (link) open(link.to)
    shown.close()
  }
}
