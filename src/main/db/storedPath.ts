import { isAbsolute, join, relative, resolve, sep } from 'node:path'

/** A photo's path as it is stored: relative, with `/`, when inside the project folder, so that the folder can move. */
export function storedPath(folder: string, path: string): string {
  const inside = relative(folder, resolve(path))
  if (inside === '' || inside.startsWith(`..${sep}`) || inside === '..' || isAbsolute(inside)) return resolve(path)
  return inside.split(sep).join('/')
}

/** Where a stored path is now. */
export function absolutePath(folder: string, stored: string): string {
  return isAbsolute(stored) ? stored : join(folder, stored)
}
