import { readFileSync } from 'node:fs'

/** A file of tests/golden, whose origin stands in provenance.md. */
export function golden<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as Content
}

/** One case of the methods' parity file. */
export function parityCase<Input, Expected>(
  id: string,
): { readonly input: Input; readonly expected: Expected; readonly tol: number } {
  const { fixtures } = golden<{ fixtures: { id: string; input: Input; expected: Expected; tol: number }[] }>(
    'method-parity.json',
  )
  const found = fixtures.find(fixture => fixture.id === id)
  if (!found) throw new Error(`method-parity.json has no case "${id}"`)
  return found
}
