import { PickleMachine } from './pickleMachine'
import { opcodeName, opcodes } from './pickleOpcodes'
import type { PickleDialect, PickleValue } from './pickleValues'
import type { Refuse } from '../../shared/tensors/refusal'

const PROTO = 0x80
const STOP = 0x2e

/**
 * Reads one pickle by a whitelist. A pickle is a program: general unpicklers run whatever it names. This one knows the
 * few opcodes and globals of a dialect, gives them our own meaning, and refuses all else with the place.
 *
 * @param start where in `bytes` the pickle begins
 * @returns the value, and where the pickle ended
 */
export function unpickle(
  bytes: Uint8Array,
  start: number,
  dialect: PickleDialect,
  refuse: Refuse,
): { value: PickleValue; end: number } {
  const machine = new PickleMachine(bytes, start, dialect, refuse)
  assertProtocol(machine)
  for (let operations = 0; operations < dialect.limits.operations; operations++) {
    const code = machine.nextOpcode()
    if (code === STOP) return { value: machine.result(), end: machine.cursor.at }
    const opcode = dialect.opcodes.has(code) ? opcodes.get(code) : undefined
    if (!opcode) throw machine.refuse(`the pickle opcode ${opcodeName(code)} is not accepted`)
    opcode.run(machine)
  }
  throw machine.refuse(`the pickle has more than ${dialect.limits.operations} operations`)
}

function assertProtocol(machine: PickleMachine): void {
  if (machine.nextOpcode() !== PROTO) throw machine.refuse('a pickle of protocol 2 or later was expected')
  const protocol = machine.cursor.uint8()
  const { protocols } = machine.dialect
  if (!protocols.includes(protocol))
    throw machine.refuse(`the pickle protocol ${protocol} is not accepted, only ${protocols.join(', ')}`)
}
