import type { MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  readonly goTo: (path: string) => void
  readonly openInBrowser: () => void
}

/** The menu: what a system expects of a program. What the screens can do is in their command palette. */
export function menuModel(
  platform: NodeJS.Platform,
  { goTo, openInBrowser }: MenuActions,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    {
      label: '&File',
      submenu: [
        { label: 'Projects', accelerator: 'CmdOrCtrl+O', click: () => goTo('/projects') },
        { label: 'Engine and Settings', accelerator: 'CmdOrCtrl+,', click: () => goTo('/engine') },
        { label: 'Open in a Browser', click: openInBrowser },
        { type: 'separator' },
        isMac ? { role: 'close' } : { role: 'quit' },
      ],
    },
    {
      // Undo and redo are the screens' own: roles would take Ctrl+Z from the mask editor.
      label: '&Edit',
      submenu: [{ role: 'cut' }, { role: 'copy' }, { role: 'paste' }, { role: 'selectAll' }],
    },
    {
      label: '&View',
      submenu: [
        { role: 'reload' },
        { role: 'toggleDevTools' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
      ],
    },
    { role: 'windowMenu' },
  ]
}
