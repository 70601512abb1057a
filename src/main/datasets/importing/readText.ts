import { readFile } from 'node:fs/promises'
import { WorkbenchError } from '../../../shared/errors'

/** A text file as spreadsheets and editors save it: UTF-8 or UTF-16, with or without a byte order mark. */
export async function readText(path: string): Promise<string> {
  let bytes: Uint8Array
  try {
    bytes = await readFile(path)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `Cannot read ${path} (${(cause as Error).message}).`, { cause })
  }
  return decodeText(bytes)
}

/** Bytes that are no valid UTF-8 are taken for Windows-1252, which spreadsheets still write. */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
