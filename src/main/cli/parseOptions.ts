import { parse } from 'yaml'
import type { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import { issueSentence } from '../../shared/issueSentence'

/**
 * Options as a terminal gives them (texts and flags) by a schema. A text is read as a value (a number, a list) where
 * the schema does not take it as a text; options that the schema does not have (`--json`) are left to others.
 * @throws USAGE such as `--photos must be ≥ 24, got 3.`
 */
export function parseOptions<Schema extends z.ZodObject>(schema: Schema, options: object): z.output<Schema> {
  const given = Object.fromEntries(
    Object.entries(options)
      .filter(([key]) => key in schema.shape)
      .map(([key, value]) => [key, readValue(schema.shape[key] as z.ZodType, value)]),
  )
  const parsed = schema.safeParse(given)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]!
  const option = `--${String(issue.path[0]).replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
  const within = { ...issue, path: issue.path.slice(1) }
  throw new WorkbenchError('USAGE', `${issueSentence(within, given[String(issue.path[0])], option)}.`)
}

function readValue(schema: z.ZodType, value: unknown): unknown {
  if (typeof value !== 'string' || schema.safeParse(value).success) return value
  try {
    return parse(value) as unknown
  } catch {
    return value // the schema's sentence quotes it as it was typed
  }
}

/** `a, b,c` → its parts, none of them empty. */
export function listOf(text: string): string[] {
  return text
    .split(',')
    .map(part => part.trim())
    .filter(part => part !== '')
}
