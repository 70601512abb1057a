import type { PickleMachine } from './pickleMachine'
import { PickleDict, PickleList } from './pickleValues'

/** One opcode: its code and Python's name for it (`pickletools.opcodes`), and what it does if we do it at all. */
interface Opcode {
  readonly code: number
  readonly name: string
  readonly run: (machine: PickleMachine) => void
}

/** Largest module or attribute name. */
const LONGEST_NAME = 256

/** What PyTorch's protocol-2 checkpoints use. PROTO and STOP are the machine's own. */
const protocol2: readonly Opcode[] = [
  { code: 0x63, name: 'GLOBAL', run: m => m.pushGlobal(m.cursor.line(LONGEST_NAME), m.cursor.line(LONGEST_NAME)) },
  { code: 0x29, name: 'EMPTY_TUPLE', run: m => m.pushContainer([]) },
  { code: 0x5d, name: 'EMPTY_LIST', run: m => m.pushContainer(new PickleList()) },
  { code: 0x7d, name: 'EMPTY_DICT', run: m => m.pushContainer(new PickleDict(false)) },
  { code: 0x28, name: 'MARK', run: m => m.mark() },
  { code: 0x74, name: 'TUPLE', run: m => m.pushContainer(m.popToMark()) },
  { code: 0x85, name: 'TUPLE1', run: m => m.pushContainer(m.popMany(1)) },
  { code: 0x86, name: 'TUPLE2', run: m => m.pushContainer(m.popMany(2)) },
  { code: 0x87, name: 'TUPLE3', run: m => m.pushContainer(m.popMany(3)) },
  { code: 0x4e, name: 'NONE', run: m => m.push(null) },
  { code: 0x88, name: 'NEWTRUE', run: m => m.push(true) },
  { code: 0x89, name: 'NEWFALSE', run: m => m.push(false) },
  { code: 0x4a, name: 'BININT', run: m => m.push(m.cursor.int32()) },
  { code: 0x4b, name: 'BININT1', run: m => m.push(m.cursor.uint8()) },
  { code: 0x4d, name: 'BININT2', run: m => m.push(m.cursor.uint16()) },
  { code: 0x8a, name: 'LONG1', run: m => m.push(readLong(m.cursor.take(m.cursor.uint8()))) },
  { code: 0x47, name: 'BINFLOAT', run: m => m.push(m.cursor.float64BigEndian()) },
  { code: 0x58, name: 'BINUNICODE', run: m => m.pushText(m.cursor.uint32()) },
  { code: 0x55, name: 'SHORT_BINSTRING', run: m => m.pushLatin(m.cursor.uint8()) },
  { code: 0x71, name: 'BINPUT', run: m => m.remember(m.cursor.uint8()) },
  { code: 0x72, name: 'LONG_BINPUT', run: m => m.remember(m.cursor.uint32()) },
  { code: 0x68, name: 'BINGET', run: m => m.recall(m.cursor.uint8()) },
  { code: 0x6a, name: 'LONG_BINGET', run: m => m.recall(m.cursor.uint32()) },
  { code: 0x73, name: 'SETITEM', run: m => m.setItems(m.popMany(2)) },
  { code: 0x75, name: 'SETITEMS', run: m => m.setItems(m.popToMark()) },
  { code: 0x61, name: 'APPEND', run: m => m.append(m.popMany(1)) },
  { code: 0x65, name: 'APPENDS', run: m => m.append(m.popToMark()) },
  { code: 0x51, name: 'BINPERSID', run: m => m.pushPersistent() },
  { code: 0x52, name: 'REDUCE', run: m => m.reduce() },
  { code: 0x62, name: 'BUILD', run: m => m.build() },
]

/** What NumPy's arrays need besides, by protocol 3 to 5 or, BINSTRING, from Python 2. */
const protocol5: readonly Opcode[] = [
  { code: 0x95, name: 'FRAME', run: m => m.openFrame(m.cursor.uint64()) },
  { code: 0x94, name: 'MEMOIZE', run: m => m.rememberNext() },
  { code: 0x93, name: 'STACK_GLOBAL', run: m => m.pushStackGlobal() },
  { code: 0x8c, name: 'SHORT_BINUNICODE', run: m => m.pushText(m.cursor.uint8()) },
  { code: 0x8d, name: 'BINUNICODE8', run: m => m.pushText(m.cursor.uint64()) },
  { code: 0x54, name: 'BINSTRING', run: m => m.pushLatin(m.cursor.uint32()) },
  { code: 0x43, name: 'SHORT_BINBYTES', run: m => m.pushBytes(m.cursor.uint8()) },
  { code: 0x42, name: 'BINBYTES', run: m => m.pushBytes(m.cursor.uint32()) },
  { code: 0x8e, name: 'BINBYTES8', run: m => m.pushBytes(m.cursor.uint64()) },
  { code: 0x96, name: 'BYTEARRAY8', run: m => m.pushBytes(m.cursor.uint64()) },
]

export const protocol2Opcodes: ReadonlySet<number> = new Set(protocol2.map(({ code }) => code))
export const protocol5Opcodes: ReadonlySet<number> = new Set([...protocol2, ...protocol5].map(({ code }) => code))
export const opcodes: ReadonlyMap<number, Opcode> = new Map(
  [...protocol2, ...protocol5].map(opcode => [opcode.code, opcode]),
)

/** Names of opcodes that nobody may use here, for the error's sentence. */
const refused: Readonly<Record<number, string>> = {
  0x69: 'INST',
  0x6f: 'OBJ',
  0x81: 'NEWOBJ',
  0x92: 'NEWOBJ_EX',
  0x82: 'EXT1',
  0x83: 'EXT2',
  0x84: 'EXT4',
  0x50: 'PERSID',
  0x97: 'NEXT_BUFFER',
  0x98: 'READONLY_BUFFER',
  0x80: 'PROTO',
}

/** E.g. "NEWOBJ" or "0xff". */
export function opcodeName(code: number): string {
  return opcodes.get(code)?.name ?? refused[code] ?? `0x${code.toString(16).padStart(2, '0')}`
}

/** A two's complement little-endian integer of any length; a number where that is exact. */
function readLong(bytes: Uint8Array): number | bigint {
  let value = 0n
  for (const byte of bytes.toReversed()) value = (value << 8n) | BigInt(byte)
  value = BigInt.asIntN(bytes.length * 8, value)
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}
