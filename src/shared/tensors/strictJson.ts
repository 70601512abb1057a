/** A number of a JSON text, as written there: 1, 1.0 and 1e0 are told apart. */
export class JsonNumber {
  constructor(readonly literal: string) {}
}
export type StrictJson = string | boolean | null | JsonNumber | StrictJson[] | Map<string, StrictJson>

/** Why a text was refused, with the place. */
export class StrictJsonError extends Error {}

/**
 * JSON without the leniencies of JSON.parse that matter in files of strangers: duplicate names are an error, numbers
 * stay as written, objects are Maps (so `__proto__` is a name like any other) and nesting is bounded.
 */
export function parseStrictJson(text: string, limits: { readonly depth: number }): StrictJson {
  const scanner = new Scanner(text, limits.depth)
  const value = scanner.value(1)
  scanner.end()
  return value
}

const WHITE_SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
const WORD = /true|false|null/y

class Scanner {
  #at = 0

  constructor(
    readonly text: string,
    readonly maximumDepth: number,
  ) {}

  value(depth: number): StrictJson {
    this.#skip()
    const first = this.text[this.#at]
    if ((first === '{' || first === '[') && depth > this.maximumDepth)
      throw this.#error(`nesting deeper than ${this.maximumDepth}`)
    if (first === '{') return this.#object(depth)
    if (first === '[') return this.#array(depth)
    if (first === '"') return this.#string()
    const number = this.#match(NUMBER)
    if (number !== undefined) return new JsonNumber(number)
    const word = this.#match(WORD)
    if (word === undefined) throw this.#error('a value was expected')
    return word === 'null' ? null : word === 'true'
  }

  end(): void {
    this.#skip()
    if (this.#at < this.text.length) throw this.#error('text after the end')
  }

  #object(depth: number): Map<string, StrictJson> {
    const entries = new Map<string, StrictJson>()
    this.#items('}', () => {
      const name = this.#string()
      if (entries.has(name)) throw this.#error(`the name ${JSON.stringify(name)} occurs twice`)
      this.#skip()
      this.#expect(':')
      entries.set(name, this.value(depth + 1))
    })
    return entries
  }

  #array(depth: number): StrictJson[] {
    const items: StrictJson[] = []
    this.#items(']', () => items.push(this.value(depth + 1)))
    return items
  }

  /** From the opening bracket to `close`, commas between. */
  #items(close: string, readItem: () => void): void {
    this.#at++
    this.#skip()
    if (this.text[this.#at] === close) {
      this.#at++
      return
    }
    for (;;) {
      this.#skip()
      readItem()
      this.#skip()
      if (this.text[this.#at] === close) break
      this.#expect(',')
    }
    this.#at++
  }

  #string(): string {
    this.#assertNext('"')
    const end = this.#closingQuote()
    try {
      const text = JSON.parse(this.text.slice(this.#at, end + 1)) as string
      this.#at = end + 1
      return text
    } catch {
      throw this.#error('a string with an invalid escape or control character')
    }
  }

  /** Where the string that opens here ends: the next quote after an even number of backslashes. */
  #closingQuote(): number {
    for (let end = this.text.indexOf('"', this.#at + 1); end !== -1; end = this.text.indexOf('"', end + 1)) {
      let slashes = 0
      while (this.text[end - 1 - slashes] === '\\') slashes++
      if (slashes % 2 === 0) return end
    }
    throw this.#error('a string without an end')
  }

  #expect(character: string): void {
    this.#assertNext(character)
    this.#at++
  }

  #assertNext(character: string): void {
    if (this.text[this.#at] !== character) throw this.#error(`'${character}' was expected`)
  }

  #skip(): void {
    this.#match(WHITE_SPACE)
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at
    const found = pattern.exec(this.text)?.[0]
    this.#at += found?.length ?? 0
    return found
  }

  #error(problem: string): StrictJsonError {
    return new StrictJsonError(`${problem} at character ${this.#at}`)
  }
}
