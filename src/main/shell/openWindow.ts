import { BrowserWindow, dialog, nativeTheme, screen, shell } from 'electron'
import { afterCrash } from './crashes'
import { mayUse, navigationOf } from './navigation'
import { windowOptions } from './windowOptions'
import { keepWindowState, placeWindow, readWindowState } from './windowState'

export interface WindowSetup {
  /** The workbench's own: nothing else is shown. */
  readonly origin: string
  /** Where the window's place is kept. */
  readonly stateFile: string
  /** The person wants to close it. */
  readonly onClose: () => void
}

/** Opens the window, empty. Every decision in it is a function of this folder. */
export function openWindow({ origin, stateFile, onClose }: WindowSetup): BrowserWindow {
  const displays = [screen.getPrimaryDisplay(), ...screen.getAllDisplays()]
  const state = placeWindow(
    readWindowState(stateFile),
    displays.map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow(windowOptions(state, nativeTheme.shouldUseDarkColors))
  if (state.maximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  window.on('close', event => {
    event.preventDefault()
    keepWindowState(stateFile, { ...window.getNormalBounds(), maximized: window.isMaximized() })
    onClose()
  })
  guardNavigation(window, origin)
  reloadAfterCrashes(window)
  return window
}

function guardNavigation({ webContents }: BrowserWindow, origin: string): void {
  const open = (address: string) => void shell.openExternal(address)
  for (const event of ['will-navigate', 'will-redirect'] as const)
    webContents.on(event as 'will-navigate', details => {
      const navigation = navigationOf(details.url, origin)
      if (navigation !== 'here') details.preventDefault()
      if (navigation === 'browser' && event === 'will-navigate') open(details.url)
    })
  webContents.on('will-attach-webview', event => event.preventDefault())
  webContents.setWindowOpenHandler(({ url }) => {
    if (navigationOf(url, origin) === 'browser') open(url)
    return { action: 'deny' }
  })
  const { session } = webContents
  session.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(mayUse(permission, requestingUrl, origin)),
  )
  session.setPermissionCheckHandler((_, permission, requester) => mayUse(permission, requester, origin))
}

function reloadAfterCrashes(window: BrowserWindow): void {
  const crashes: number[] = []
  window.webContents.on('render-process-gone', (_, { reason }) => {
    crashes.push(Date.now())
    const next = afterCrash(reason, crashes)
    if (next === 'reload') window.reload()
    else if (next === 'giveUp')
      dialog.showErrorBox(
        'Maskwright',
        `The window crashed again and again (${reason}). Runs go on: open the workbench in a browser from the menu, or start it again.`,
      )
  })
}
