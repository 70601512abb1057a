import type { z } from 'zod'

type Issue = z.core.$ZodIssue

/**
 * A schema's complaint in our words: `lpcam.tau must be ≤ 1, got 3`.
 * @param subject what was parsed, e.g. the step's name; the path within it follows after a dot
 */
export function issueSentence(issue: Issue, input: unknown, subject: string): string {
  const path = [subject, ...issue.path.map(String)].filter(part => part !== '').join('.') || 'it'
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  if (unknownKey !== undefined) return `${path} has no "${unknownKey}"`
  const value = valueAt(input, issue.path)
  if (value === undefined) return `${path} is missing: it must be ${requirement(issue)}`
  return `${path} must be ${requirement(issue)}, got ${shown(value)}`
}

/** What the schema asks for, to follow "must be". */
function requirement(issue: Issue): string {
  switch (issue.code) {
    case 'too_big':
      return bound(issue.inclusive === false ? '<' : '≤', issue.maximum, issue.origin)
    case 'too_small':
      return bound(issue.inclusive === false ? '>' : '≥', issue.minimum, issue.origin)
    case 'not_multiple_of':
      return `a multiple of ${issue.divisor}`
    case 'invalid_type':
      return typeName(issue.expected)
    case 'invalid_value':
      return issue.values.length === 1 ? shown(issue.values[0]) : `one of ${issue.values.map(shown).join(', ')}`
    case 'invalid_union':
      return [...new Set(issue.errors.flatMap(branch => branch.slice(0, 1).map(requirement)))].join(' or ')
    default:
      return issue.message
  }
}

function bound(sign: string, limit: number | bigint, origin: string): string {
  if (origin === 'array' || origin === 'set') return `a list of ${sign} ${limit} items`
  if (origin === 'string') return `a text of ${sign} ${limit} characters`
  return `${sign} ${limit}`
}

function typeName(expected: string): string {
  const names: Record<string, string> = {
    int: 'a whole number',
    number: 'a number',
    string: 'a text',
    boolean: 'true or false',
    array: 'a list',
    object: 'a group of keys',
    record: 'a group of keys',
  }
  return names[expected] ?? expected
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    input,
  )
}

function shown(value: unknown): string {
  return typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))
}
