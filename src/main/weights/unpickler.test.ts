import { expect, test } from 'vitest'
import { call, dict, integer, named, pickle, text, tuple, uint32 } from '../../../tests/helpers/pickleWriter'
import { protocol2Opcodes } from './pickleOpcodes'
import type { PickleDict } from './pickleValues'
import { PickleGlobal, PickleList, type PickleDialect } from './pickleValues'
import { refusal } from '../../shared/tensors/refusal'
import { unpickle } from './unpickler'

const refuse = refusal('WEIGHTS_UNREADABLE', 'net.pth')
const globals = [
  new PickleGlobal('toy add', values => values.reduce<number>((sum, value) => sum + Number(value), 0)),
  new PickleGlobal('toy thing'),
]
const dialect: PickleDialect = {
  protocols: [2],
  opcodes: protocol2Opcodes,
  globals: new Map(globals.map(global => [global.name, global])),
  advice: 'which is not harmless',
  limits: { bytes: 1000, operations: 100, stack: 20, memo: 20, containers: 20, nesting: 4, stringBytes: 50 },
}
const read = (bytes: Uint8Array): unknown => unpickle(bytes, 0, dialect, refuse).value

test('reads values, containers and the memo, and calls nothing but its own meanings', () => {
  const value = read(
    pickle(
      tuple(
        'N\x88\x89K\x07M\x01\x02',
        `J${uint32(0xffffffff)}`,
        '\x8a\x00\x8a\x01\xff',
        `\x8a\x09${'\x00'.repeat(8)}\x01`,
        'G\x3f\xf8\x00\x00\x00\x00\x00\x00',
        'U\x02\xe9!q\x05h\x05',
        call('toy', 'add', integer(2), integer(-5)),
        `](${text('a')}${text('b')}e${text('c')}a`,
        '\x29K\x01\x85K\x01K\x02\x86',
      ),
    ),
  ) as unknown[]
  const list = new PickleList()
  list.items.push('a', 'b', 'c')
  expect(value).toEqual([
    ...[null, true, false, 7, 513, -1, 0, -1, 2n ** 64n, 1.5, 'é!', 'é!', -3],
    ...[list, [], [1], [1, 2]],
  ])
})

test('a dictionary keeps text and integer keys apart, and __proto__ is a key like any other', () => {
  const value = read(pickle(`}(${text('1')}K\x02K\x01K\x03${text('__proto__')}K\x04u`)) as PickleDict
  expect([...value.entries]).toEqual([
    ['1', 2],
    [1, 3],
    ['__proto__', 4],
  ])
})

test('says where a pickle ended, and reads the next one there', () => {
  const bytes = Buffer.concat([pickle('K\x01'), pickle('K\x02')])
  const first = unpickle(bytes, 0, dialect, refuse)
  expect(first).toEqual({ value: 1, end: 5 })
  expect(unpickle(bytes, first.end, dialect, refuse)).toEqual({ value: 2, end: 10 })
})

test.each([
  ['os.system', named('os', 'system'), 'names the Python object "os.system", which is not harmless (byte 2'],
  ['posix.system', named('posix', 'system'), '"posix.system"'],
  ['builtins.eval', named('builtins', 'eval'), '"builtins.eval"'],
  ['an attribute of an allowed module', named('toy', 'add.__globals__'), '"toy.add.__globals__"'],
  ['a name that is a property of every object', named('toy', 'constructor'), '"toy.constructor"'],
  ['STACK_GLOBAL', `${text('os')}${text('system')}\x93`, 'opcode STACK_GLOBAL is not accepted (byte 20'],
  ['INST', '(ios\nsystem\n', 'opcode INST'],
  ['OBJ', '(o', 'opcode OBJ'],
  ['NEWOBJ', `${named('toy', 'thing')})\x81`, 'opcode NEWOBJ is not accepted (byte 14'],
  ['NEWOBJ_EX', '\x92', 'opcode NEWOBJ_EX'],
  ['EXT1', '\x82\x01', 'opcode EXT1'],
  ['PERSID', 'Pid\n', 'opcode PERSID'],
  ['a second PROTO', '\x80\x02', 'opcode PROTO'],
  ['an opcode that does not exist', '\xff', 'opcode 0xff'],
  ['BINPERSID where nothing is stored', `${text('x')}Q`, 'opcode BINPERSID'],
  ['a call of a class without a meaning', call('toy', 'thing'), 'a call of toy thing, which is not a function'],
  ['a call of a text', `${text('x')})R`, 'a call of something that is not a function'],
  ['a call without a tuple', `${named('toy', 'add')}K\x01R`, 'a call of toy add without arguments'],
  ['a state of a text', `${text('x')}Nb`, 'a state is set on something that has none'],
  ['a state of a plain dictionary', `${dict({})}${dict({})}b`, 'a state is set'],
  ['a memo miss', 'h\x07', 'nothing is remembered at 7'],
  ['an empty stack', '\x85', 'the pickle stack is empty'],
  ['a value taken from under a MARK', 'K\x01(\x85', 'the pickle stack is empty'],
  ['a MARK that is missing', 'K\x01t', 'a MARK is missing'],
  ['remembering nothing', 'q\x00', 'the pickle stack is empty'],
  ['a key without a value', `}(${text('a')}u`, 'a key without a value'],
  ['a key that is a tuple', '})K\x01s', 'neither text nor an integer'],
  ['a key that is a fraction', '}G\x3f\xf8\x00\x00\x00\x00\x00\x00K\x01s', 'neither text nor an integer'],
  ['items of a list', `]${text('a')}K\x01s`, 'no dictionary'],
  ['values of a dictionary', '}K\x01a', 'no list'],
  ['text that is not UTF-8', 'X\x01\x00\x00\x00\xff', 'not valid UTF-8 (byte 2'],
  ['text longer than allowed', text('x'.repeat(51)), 'a text of 51 bytes, the limit is 50'],
  ['two values left', 'K\x01K\x02', 'ends with 2 values'],
  ['a MARK left', 'K\x01(', 'ends with 1 values'],
  ['too many operations', 'N)'.repeat(51), 'too deep'],
  ['too deep a stack', 'N'.repeat(21), 'the pickle stack is too deep'],
  ['too many containers', `(${'}'.repeat(10)}t(${'}'.repeat(10)}`, 'makes more than 20 objects'],
  [
    'too much remembered',
    `N${Array.from({ length: 21 }, (_, i) => `q${String.fromCharCode(i)}`).join('')}`,
    'remembers',
  ],
  ['too deep a nesting', '(((((', 'nested too deeply'],
])('refuses %s', (_, body, problem) => {
  expect(() => read(pickle(body))).toThrow(
    expect.objectContaining({ code: 'WEIGHTS_UNREADABLE', message: expect.stringContaining(problem) as string }),
  )
})

test.each([
  ['an endless program', Buffer.from(`\x80\x02N${'q\x00'.repeat(120)}.`, 'latin1'), 'more than 100 operations'],
  ['protocol 4', Buffer.from('\x80\x04N.', 'latin1'), 'pickle protocol 4 is not accepted, only 2'],
  ['no protocol', Buffer.from('N.'), 'a pickle of protocol 2 or later was expected'],
  ['no end', Buffer.from('\x80\x02N', 'latin1'), 'it is truncated: 1 bytes wanted at byte 3, 0 left'],
  ['a text past the end', Buffer.from(`\x80\x02X${uint32(49)}abc`, 'latin1'), '49 bytes wanted at byte 7, 3 left'],
  ['a name without an end', Buffer.from('\x80\x02cos', 'latin1'), 'a line without an end at byte 3'],
  ['nothing', new Uint8Array(), 'it is truncated'],
])('refuses %s', (_, bytes, problem) => {
  expect(() => read(bytes)).toThrow(problem)
})
