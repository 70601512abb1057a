import { dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { Desktop } from '../host/desktop'

/** The system's own dialogs, before the window that asks. */
export function electronDesktop(window: () => BrowserWindow | undefined): Desktop {
  return {
    chooseFolder: async title => {
      const options: OpenDialogOptions = { title, properties: ['openDirectory', 'createDirectory'] }
      const asking = window()
      const { filePaths } = await (asking ? dialog.showOpenDialog(asking, options) : dialog.showOpenDialog(options))
      return filePaths[0]
    },
    reveal: path => shell.showItemInFolder(path),
  }
}
