import { rm } from 'node:fs/promises'
import { folderBytes } from './folderBytes'

/** Deletes all that a project can make again: features of photos, small pictures of them. @returns bytes freed */
export async function clearCache(cacheFolder: string): Promise<number> {
  const bytes = await folderBytes(cacheFolder)
  await rm(cacheFolder, { recursive: true, force: true })
  return bytes
}
