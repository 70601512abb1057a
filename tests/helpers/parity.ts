import { readFileSync } from 'node:fs'

interface ParityFile {
  readonly fixtures: readonly { readonly id: string }[]
}

const file = JSON.parse(readFileSync('tests/golden/method-parity.json', 'utf8')) as ParityFile

/** One case of tests/golden/method-parity.json. */
export function parityCase<Case>(id: string): Case {
  const found = file.fixtures.find(fixture => fixture.id === id)
  if (found === undefined) throw new Error(`no parity case ${id}`)
  return found as unknown as Case
}
