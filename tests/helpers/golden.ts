import { readFileSync } from 'node:fs'

/** A file of tests/golden, whose origin stands in provenance.md. */
export function golden<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../golden/${name}`, import.meta.url), 'utf8')) as Content
}
