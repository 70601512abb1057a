import { homedir } from 'node:os'
import { join, parse } from 'node:path'
import { app, BrowserWindow, dialog, Menu, shell } from 'electron'
import { toErrorData } from '../shared/errors'
import { builtFile } from './builtFile'
import { stateFolder } from './config'
import { startServer, type RunningServer } from './server'
import { projectInArguments } from './shell/arguments'
import { electronDesktop } from './shell/electronDesktop'
import { menuModel } from './shell/menu'
import { openWindow } from './shell/openWindow'
import { quitAnswers, quitQuestion } from './shell/quit'
import { createWorkbench, type Workbench } from './workbench'

/**
 * Entry of the desktop program: the workbench behind its loopback server, and a window on it. There is no preload
 * script and no second contract: the window is a browser's tab with the system's dialogs.
 */
app.setPath('userData', join(stateFolder(), 'window'))

if (app.requestSingleInstanceLock()) void app.whenReady().then(start).catch(fail)
else app.quit() // the first instance shows its window

async function start(): Promise<void> {
  const workbench = createWorkbench({
    roots: [parse(homedir()).root],
    rendererFolder: builtFile('../renderer'),
    desktop: electronDesktop(() => BrowserWindow.getFocusedWindow() ?? undefined),
  })
  const server = await startServer(workbench)
  const window = openWindow({
    origin: server.origin,
    stateFile: join(stateFolder(), 'window.json'),
    onClose: () => app.quit(),
  })
  const show = (path: string) => window.loadURL(server.newAddress(path))
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuOf(server, show)))
  app.on('second-instance', (_, args, folder) => {
    if (window.isMinimized()) window.restore()
    window.focus()
    const project = projectInArguments(args.slice(1), folder)
    if (project !== undefined) void openProject(workbench, project).then(show)
  })
  quitInGoodOrder(workbench, server)
  const project = projectInArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd())
  await show(project === undefined ? '/' : await openProject(workbench, project))
}

function menuOf(server: RunningServer, show: (path: string) => Promise<void>) {
  return menuModel(process.platform, {
    goTo: path => void show(path),
    openInBrowser: () => void shell.openExternal(server.newAddress()),
  })
}

/** @returns the path of its first screen; of the projects, after a word, where it does not open */
async function openProject({ sessions }: Workbench, folder: string): Promise<string> {
  try {
    return `/p/${(await sessions.open(folder)).key}`
  } catch (error) {
    dialog.showErrorBox('Maskwright', toErrorData(error).message)
    return '/projects'
  }
}

/** Quitting waits for the checkpoint of a run that is going on, or asks: the window stays until then. */
function quitInGoodOrder(workbench: Workbench, server: RunningServer): void {
  let isQuitting = false
  const quit = async () => {
    const question = quitQuestion(workbench.running())
    const answer = question === undefined ? 'wait' : quitAnswers[(await dialog.showMessageBox(question)).response]
    isQuitting = answer !== 'stay'
    if (answer === 'wait') {
      await workbench[Symbol.asyncDispose]()
      await server[Symbol.asyncDispose]()
    }
    if (isQuitting) app.exit(0)
  }
  app.on('before-quit', event => {
    event.preventDefault()
    if (isQuitting) return
    isQuitting = true
    void quit().catch(fail)
  })
}

function fail(error: unknown): void {
  dialog.showErrorBox('Maskwright', toErrorData(error).message)
  app.exit(1)
}
