import { mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeBlob } from '../../artifacts/blobStore'
import { makeFolder } from '../../artifacts/makeFolder'

/** Blobs of an import that has not ended: beside the others, on the same disk, and gone if it never ends well. */
export interface StagedBlobs {
  write(bytes: Uint8Array, extension: string): Promise<string>
  /** Moves all of them among the project's blobs. */
  keep(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const PREFIX = 'import-'

/** Also removes what an import that was killed left. */
export async function stageBlobs(blobFolder: string): Promise<StagedBlobs> {
  await makeFolder(blobFolder)
  for (const name of await readdir(blobFolder))
    if (name.startsWith(PREFIX)) await rm(join(blobFolder, name), { recursive: true, force: true })
  const staging = await mkdtemp(join(blobFolder, PREFIX))
  return {
    write: (bytes, extension) => writeBlob(staging, bytes, extension),
    keep: async () => {
      for (const shard of await readdir(staging)) {
        await makeFolder(blobFolder, shard)
        for (const name of await readdir(join(staging, shard)))
          await rename(join(staging, shard, name), join(blobFolder, shard, name))
      }
    },
    [Symbol.asyncDispose]: () => rm(staging, { recursive: true, force: true }),
  }
}
