import { ByteCursor } from './byteCursor'
import {
  PickleDict,
  PickleGlobal,
  PickleList,
  PickleObject,
  type PickleDialect,
  type PickleValue,
} from './pickleValues'
import type { Refuse } from '../../shared/tensors/refusal'

/** The stack, the marks and the memo of pickle's machine (Python's Lib/pickletools.py describes it). */
export class PickleMachine {
  readonly cursor: ByteCursor
  readonly #stack: PickleValue[] = []
  /** Heights of the stack where MARKs were set. */
  readonly #marks: number[] = []
  readonly #memo = new Map<number, PickleValue>()
  #containers = 0
  /** Where the current opcode stands, for errors. */
  #opcodeAt: number

  constructor(
    bytes: Uint8Array,
    start: number,
    readonly dialect: PickleDialect,
    refuse: Refuse,
  ) {
    this.#opcodeAt = start
    this.cursor = new ByteCursor(bytes.subarray(0, start + dialect.limits.bytes), start, refuse)
  }

  nextOpcode(): number {
    this.#opcodeAt = this.cursor.at
    return this.cursor.uint8()
  }

  /** The error of this file, with the place of the current opcode. */
  readonly refuse: Refuse = (problem, options) =>
    this.cursor.refuse(`${problem} (byte ${this.#opcodeAt} of its pickle)`, options)

  push(value: PickleValue): void {
    if (this.#stack.length >= this.dialect.limits.stack) throw this.refuse('the pickle stack is too deep')
    this.#stack.push(value)
  }

  pushContainer(value: PickleValue): void {
    if (++this.#containers > this.dialect.limits.containers)
      throw this.refuse(`the pickle makes more than ${this.dialect.limits.containers} objects`)
    this.push(value)
  }

  pushBytes(length: number): void {
    this.push(this.cursor.take(this.#checkedLength(length)))
  }

  /** UTF-8. */
  pushText(length: number): void {
    const bytes = this.cursor.take(this.#checkedLength(length))
    try {
      this.push(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes))
    } catch (cause) {
      throw this.refuse('a text is not valid UTF-8', { cause })
    }
  }

  /** Bytes that Python 2 called a string, one character each. */
  pushLatin(length: number): void {
    this.push(Buffer.from(this.cursor.take(this.#checkedLength(length))).toString('latin1'))
  }

  pushGlobal(module: string, name: string): void {
    const global = this.dialect.globals.get(`${module} ${name}`)
    if (!global)
      throw this.refuse(`it names the Python object ${JSON.stringify(`${module}.${name}`)}, ${this.dialect.advice}`)
    this.push(global)
  }

  pushStackGlobal(): void {
    const [module, name] = this.popMany(2)
    if (typeof module !== 'string' || typeof name !== 'string') throw this.refuse('a global without a name')
    this.pushGlobal(module, name)
  }

  pushPersistent(): void {
    const [id] = this.popMany(1)
    if (!this.dialect.persistent) throw this.refuse('the pickle opcode BINPERSID is not accepted')
    this.push(this.dialect.persistent(id!, this.refuse))
  }

  mark(): void {
    if (this.#marks.length >= this.dialect.limits.nesting) throw this.refuse('the pickle is nested too deeply')
    this.#marks.push(this.#stack.length)
  }

  popMany(count: number): PickleValue[] {
    if (this.#stack.length - count < (this.#marks.at(-1) ?? 0)) throw this.refuse('the pickle stack is empty')
    return this.#stack.splice(this.#stack.length - count)
  }

  popToMark(): PickleValue[] {
    const height = this.#marks.pop()
    if (height === undefined) throw this.refuse('a MARK is missing')
    return this.#stack.splice(height)
  }

  remember(place: number): void {
    if (this.#memo.size >= this.dialect.limits.memo) throw this.refuse('the pickle remembers too much')
    this.#memo.set(place, this.#top())
  }

  rememberNext(): void {
    this.remember(this.#memo.size)
  }

  recall(place: number): void {
    const value = this.#memo.get(place)
    if (value === undefined) throw this.refuse(`nothing is remembered at ${place}`)
    this.push(value)
  }

  openFrame(length: number): void {
    if (length > this.cursor.bytes.length - this.cursor.at) throw this.refuse('a frame longer than the pickle')
  }

  setItems(keysAndValues: readonly PickleValue[]): void {
    const target = this.#top()
    if (!(target instanceof PickleDict)) throw this.refuse('items are set on something that is no dictionary')
    if (keysAndValues.length % 2 !== 0) throw this.refuse('a key without a value')
    for (let i = 0; i < keysAndValues.length; i += 2) {
      const key = keysAndValues[i]!
      if (typeof key !== 'string' && !Number.isSafeInteger(key))
        throw this.refuse('a dictionary key that is neither text nor an integer')
      target.entries.set(key as string | number, keysAndValues[i + 1]!)
    }
  }

  append(values: readonly PickleValue[]): void {
    const target = this.#top()
    if (!(target instanceof PickleList)) throw this.refuse('values are appended to something that is no list')
    for (const value of values) target.items.push(value)
  }

  reduce(): void {
    const [callee, arguments_] = this.popMany(2)
    if (!(callee instanceof PickleGlobal) || !callee.call) throw this.refuse(`a call of ${nameOf(callee)}`)
    if (!Array.isArray(arguments_)) throw this.refuse(`a call of ${callee.name} without arguments`)
    this.pushContainer(callee.call(arguments_ as readonly PickleValue[], this.refuse))
  }

  build(): void {
    const [state] = this.popMany(1)
    const target = this.#top()
    if (target instanceof PickleObject) return target.build(state!, this.refuse)
    // PyTorch hangs `_metadata` on a state_dict this way; nothing in it is needed.
    if (!(target instanceof PickleDict && target.ordered && state instanceof PickleDict))
      throw this.refuse('a state is set on something that has none')
  }

  #top(): PickleValue {
    if (this.#stack.length <= (this.#marks.at(-1) ?? 0)) throw this.refuse('the pickle stack is empty')
    return this.#stack.at(-1)!
  }

  /** The one value that is left when the pickle stops. */
  result(): PickleValue {
    if (this.#stack.length !== 1 || this.#marks.length > 0)
      throw this.refuse(`the pickle ends with ${this.#stack.length} values instead of one`)
    return this.#stack[0]!
  }

  #checkedLength(length: number): number {
    const { stringBytes } = this.dialect.limits
    if (length > stringBytes) throw this.refuse(`a text of ${length} bytes, the limit is ${stringBytes}`)
    return length
  }
}

function nameOf(value: PickleValue | undefined): string {
  return value instanceof PickleGlobal ? `${value.name}, which is not a function` : 'something that is not a function'
}
