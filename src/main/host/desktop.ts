/** What only a desktop has. A browser's window does without: it shows the folder picker of its own. */
export interface Desktop {
  /** The system's own dialog. @returns the absolute folder; undefined where the person thought better of it */
  readonly chooseFolder: (title: string) => Promise<string | undefined>
  /** Shows a file or folder in the system's file manager. */
  readonly reveal: (path: string) => void
}
