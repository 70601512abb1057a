import { constants, copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Gives a folder a twin: its files under a second name, which take no room and outlive the first. Whoever changes a
 * file writes another and renames it, so that neither sees the other's changes. What the twin held before is gone.
 */
export async function linkFolder(from: string, to: string): Promise<void> {
  const making = `${to}.partial` // a run that is killed now leaves no half of a step under the step's name
  await rm(making, { recursive: true, force: true })
  await linkFiles(from, making)
  await rm(to, { recursive: true, force: true })
  await rename(making, to)
}

async function linkFiles(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await linkFiles(source, target)
    else await linkFile(source, target)
  }
}

/** File systems without hard links, such as exFAT and some shares, take a copy. */
async function linkFile(source: string, target: string): Promise<void> {
  try {
    await link(source, target)
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EXDEV'].includes(code)) throw error
    await copyFile(source, target, constants.COPYFILE_FICLONE)
  }
}
