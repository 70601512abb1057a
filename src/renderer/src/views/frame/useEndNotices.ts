import { onScopeDispose, watch } from 'vue'
import { useRouter } from 'vue-router'
import { useActivityStore } from '../../stores/activity'
import { useLiveStore } from '../../stores/live'
import { useNoticesStore } from '../../stores/notices'
import { usePreferencesStore } from '../../stores/preferences'
import { isWorthTelling, runNotice, taskNotice, type NewNotice } from './endNotices'

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
    if (event.type === 'task' && isWorthTelling(event.task, document.hidden)) tell(taskNotice(event.task))
  })
  onScopeDispose(stop)
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
