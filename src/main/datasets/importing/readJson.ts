import type { z } from 'zod'
import { WorkbenchError } from '../../../shared/errors'
import { issueSentence } from '../../../shared/issueSentence'
import { readText } from './readText'

/** A JSON file of a known form. @throws FILE_UNREADABLE, BAD_INPUT saying what is wrong with it */
export async function readJson<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
  const text = await readText(path)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new WorkbenchError('FILE_UNREADABLE', `${path} is no JSON (${(cause as Error).message}).`, { cause })
  }
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  throw new WorkbenchError('BAD_INPUT', `${path}: ${issueSentence(parsed.error.issues[0]!, value, '')}.`)
}
