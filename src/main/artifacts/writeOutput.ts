import { replaceFile } from '../weights/atomicFile'

/** Writes what a person asked for to the place they named: whole, or the file that was there stays. */
export async function writeOutput(path: string, bytes: Uint8Array): Promise<void> {
  await replaceFile(path, [bytes])
}
