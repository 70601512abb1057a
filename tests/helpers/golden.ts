import { readFileSync } from 'node:fs'
import { parityCase as fixture } from './parity'

/** A file of tests/golden, whose origin stands in provenance.md. */
export function golden<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as Content
}

/** One case of the methods' parity file, as input, expected result and tolerance. */
export function parityCase<Input, Expected>(
  id: string,
): { readonly input: Input; readonly expected: Expected; readonly tol: number } {
  return fixture(id)
}
