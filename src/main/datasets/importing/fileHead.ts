import { open } from 'node:fs/promises'

const HEAD_BYTES = 8192

/** The beginning of a file as text: enough to see what it is, however large it is. */
export async function fileHead(path: string): Promise<string> {
  await using file = await open(path)
  const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_BYTES))
  return buffer.toString('utf8', 0, bytesRead).replace(/^\uFEFF/, '')
}
