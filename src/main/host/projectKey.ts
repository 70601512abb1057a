import { createHash } from 'node:crypto'

/** Short name of a project's folder for addresses: the same folder has the same key on every day. */
export function projectKey(folder: string): string {
  return createHash('sha256').update(folder).digest('hex').slice(0, 10)
}
