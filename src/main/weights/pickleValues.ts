import type { Refuse } from '../../shared/tensors/refusal'

/** What an unpickled value can be. Tuples are arrays; nothing here can run, open or import anything. */
export type PickleValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | readonly PickleValue[]
  | PickleList
  | PickleDict
  | PickleGlobal
  | PickleObject

/** Whether a value counts something: an exact whole number, 0 or more. */
export function isNatural(value: PickleValue | undefined): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

export class PickleList {
  readonly items: PickleValue[] = []
}

/** A dict, or an OrderedDict (`ordered`). Keys are strings and integers only. */
export class PickleDict {
  readonly entries = new Map<string | number, PickleValue>()

  constructor(readonly ordered: boolean) {}
}

/** Stands for a Python global of an allow-list: a name with, perhaps, our own meaning of calling it. */
export class PickleGlobal {
  constructor(
    /** Module and name, e.g. `collections OrderedDict`. */
    readonly name: string,
    readonly call?: (arguments_: readonly PickleValue[], refuse: Refuse) => PickleValue,
  ) {}
}

/** Something made by calling a global. */
export abstract class PickleObject {
  /** What BUILD does with it: sets its state, once, checked. */
  build(_state: PickleValue, refuse: Refuse): void {
    throw refuse('a state is set on something that has none')
  }
}

/** What a kind of file may contain in its pickles. */
export interface PickleDialect {
  /** Accepted protocols. */
  readonly protocols: readonly number[]
  /** Accepted opcodes. */
  readonly opcodes: ReadonlySet<number>
  /** The allow-list, by `module name`. */
  readonly globals: ReadonlyMap<string, PickleGlobal>
  /** What to do about a global that is not on the list, for the error's sentence. */
  readonly advice: string
  readonly limits: PickleLimits
  /** Meaning of a persistent id; refused where absent. */
  readonly persistent?: (id: PickleValue, refuse: Refuse) => PickleValue
}

/** Bounds on what a stream may make the machine do. */
export interface PickleLimits {
  readonly bytes: number
  readonly operations: number
  readonly stack: number
  readonly memo: number
  /** Tuples, lists, dicts and objects made. */
  readonly containers: number
  /** Open MARKs. */
  readonly nesting: number
  /** Bytes of one string. */
  readonly stringBytes: number
}
