/** Pickles of protocol 2 by hand, opcode by opcode, for what no Python would write. Text is Latin-1: one byte each. */
export function pickle(...parts: readonly string[]): Uint8Array {
  return Buffer.from(`\x80\x02${parts.join('')}.`, 'latin1')
}

/** BINUNICODE. */
export function text(value: string): string {
  return `X${uint32(value.length)}${value}`
}

/** LONG1 of 8 bytes: any integer. */
export function integer(value: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigInt64LE(BigInt(value))
  return `\x8a\x08${bytes.toString('latin1')}`
}

export function tuple(...items: readonly string[]): string {
  return `(${items.join('')}t`
}

export function named(module: string, name: string): string {
  return `c${module}\n${name}\n`
}

export function call(module: string, name: string, ...values: readonly string[]): string {
  return `${named(module, name)}${tuple(...values)}R`
}

export function dict(entries: Readonly<Record<string, string>>): string {
  const items = Object.entries(entries).map(([key, value]) => text(key) + value)
  return `}(${items.join('')}u`
}

export function uint32(value: number): string {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes.toString('latin1')
}

export interface TensorPickle {
  readonly kind?: string
  readonly storageClass?: string
  readonly key?: string
  /** Elements of the storage. */
  readonly count?: number
  readonly offset?: number
  readonly size?: readonly number[]
  readonly stride?: readonly number[]
  /** The last arguments of `_rebuild_tensor_v2`: hooks, and perhaps metadata. */
  readonly tail?: string
  /** A sixth element of the storage's persistent id. */
  readonly view?: string
}

export const emptyOrderedDict = 'ccollections\nOrderedDict\n)R'

/** A tensor as PyTorch pickles it; by default six floats `[2, 3]` of the storage "0". */
export function tensor(options: TensorPickle = {}): string {
  const { kind = 'storage', storageClass = 'FloatStorage', key = '0', count = 6, offset = 0, view = '' } = options
  const { size = [2, 3], stride = [3, 1], tail = emptyOrderedDict } = options
  const storage = `${tuple(text(kind), named('torch', storageClass), text(key), text('cpu'), integer(count), view)}Q`
  const shape = [tuple(...size.map(integer)), tuple(...stride.map(integer))]
  return call('torch._utils', '_rebuild_tensor_v2', storage, integer(offset), ...shape, '\x89', tail)
}
