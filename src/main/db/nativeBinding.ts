import { join } from 'node:path'

/** What of `process` says which Node this is. */
export interface Runtime {
  readonly versions: { readonly electron?: string | undefined }
  readonly resourcesPath?: string | undefined
}

/** Where better-sqlite3's native part for Electron lies, below Electron's `resources` folder. */
export const electronBinding = join('natives', 'better_sqlite3.node')

/**
 * The native part of better-sqlite3 to load. It is compiled for one binary interface, and Electron's is not Node's: the
 * package itself holds Node's, for the command line; Electron's lies in its resources, in a package as in a checkout.
 *
 * @returns the option of better-sqlite3; empty for the package's own
 */
export function nativeBinding(runtime: Runtime = process): { readonly nativeBinding?: string } {
  if (runtime.versions.electron === undefined || runtime.resourcesPath === undefined) return {}
  return { nativeBinding: join(runtime.resourcesPath, electronBinding) }
}
