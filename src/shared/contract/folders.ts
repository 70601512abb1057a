/** One thing in a folder, as the folder picker shows it. */
export interface FolderEntry {
  readonly name: string
  /** Absolute. */
  readonly path: string
  readonly kind: 'folder' | 'file'
  /** A folder that is a Maskwright project. */
  readonly project: boolean
  /** Ids of the dataset formats that it looks like for certain. */
  readonly formats: readonly string[]
}

/** A page of what a folder holds: folders first, then files, by name. */
export interface FolderListing {
  /** The folder itself, links followed. */
  readonly path: string
  /** null at an allowed folder, above which nothing is shown. */
  readonly parent: string | null
  /** From the allowed folder down to this one. */
  readonly crumbs: readonly { readonly name: string; readonly path: string }[]
  /** The folder itself is a project. */
  readonly project: boolean
  /** Whether something can be made in it. */
  readonly writable: boolean
  /** Entries that fit the question. */
  readonly total: number
  readonly rows: readonly FolderEntry[]
}
