import { createHash, randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

/** Addresses that were given out and not opened yet; the oldest is forgotten for the next. */
const mostTokens = 32
/** Browsers that may come in; the one that came first is forgotten for the next. */
const mostKeys = 64

/**
 * Who may come in. A token is in an address that a person opens, and works once: addresses stay in terminals, histories
 * and logs. It is exchanged for a key, another random value, which the browser keeps as a cookie. Of keys only hashes
 * are kept; in a file (mode 0600), so that a tab finds its way back when the program was started again.
 */
export class DoorKeys {
  readonly #file: string
  #tokens: readonly string[] = []
  #hashes: readonly string[]

  constructor(file: string) {
    this.#file = file
    this.#hashes = readHashes(file)
  }

  /** A token for one more browser. */
  newToken(): string {
    const token = randomBytes(32).toString('base64url')
    this.#tokens = [...this.#tokens, hashOf(token)].slice(-mostTokens)
    return token
  }

  /** @returns the key that a token is good for, once; undefined for one that is unknown or used */
  exchange(token: string): string | undefined {
    if (!this.spend(token)) return undefined
    const key = randomBytes(32).toString('base64url')
    // Another Maskwright of this person may have let somebody in meanwhile.
    this.#hashes = [...new Set([...readHashes(this.#file), ...this.#hashes, hashOf(key)])].slice(-mostKeys)
    this.#store()
    return key
  }

  /** Makes a token good for nobody any more. @returns whether it was good */
  spend(token: string): boolean {
    const hash = hashOf(token)
    const isGood = this.#tokens.includes(hash)
    this.#tokens = this.#tokens.filter(other => other !== hash)
    return isGood
  }

  /** Hashes are compared, so that the time that it takes tells nothing about a key. */
  accepts(key: string | undefined): boolean {
    return key !== undefined && this.#hashes.includes(hashOf(key))
  }

  #store(): void {
    try {
      mkdirSync(dirname(this.#file), { recursive: true })
      const temporary = `${this.#file}.${process.pid}.tmp`
      writeFileSync(temporary, JSON.stringify(this.#hashes), { mode: 0o600 })
      renameSync(temporary, this.#file)
    } catch {
      // A folder that cannot be written: the keys last as long as the program does.
    }
  }
}

function hashOf(value: string): string {
  return createHash('sha256').update(value).digest('base64url')
}

/** A file that is missing or damaged lets nobody in: one opens a new address. */
function readHashes(file: string): readonly string[] {
  try {
    return z.array(z.string()).parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return []
  }
}
