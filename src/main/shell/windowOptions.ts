import type { BrowserWindowConstructorOptions } from 'electron'
import { smallestWindow, type WindowState } from './windowState'

/**
 * The window. Its page is one of the web and gets nothing of Node: it could be brought to run a stranger's script by a
 * hole in any library, and that script must find itself in a sandbox behind the same door as any browser.
 */
export function windowOptions({ x, y, width, height }: WindowState, isDark: boolean): BrowserWindowConstructorOptions {
  return {
    ...{ x, y, width, height },
    minWidth: smallestWindow.width,
    minHeight: smallestWindow.height,
    show: false, // until there is something to see
    title: 'Maskwright',
    backgroundColor: isDark ? '#121212' : '#fafafa', // no white flash before the first paint
    autoHideMenuBar: true,
    webPreferences: {
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      contextIsolation: true,
      sandbox: true,
      webSecurity: true,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false, // it would fetch dictionaries
    },
  }
}
