import { assertFits, dtypeOf, toTensor, type ArrayLayout } from './numpyArray'
import { isNatural, PickleList, PickleObject, type PickleValue } from './pickleValues'
import type { Refuse } from '../../shared/tensors/refusal'
import { toFloat32 } from '../../shared/tensors/tensors'

/** An array element's type: a code like `f4`, `O8` or `U11`, and its byte order. */
export class NumpyDtype extends PickleObject {
  #bigEndian = false

  constructor(readonly code: string) {
    super()
  }

  get bigEndian(): boolean {
    return this.#bigEndian
  }

  /** `(version, byte order, subtype, names, fields, item size, alignment, flags)` */
  override build(state: PickleValue, refuse: Refuse): void {
    const [version, order, ...structure] = asTuple(state)
    if (version !== 3 || typeof order !== 'string' || !/^[<>|=]$/.test(order)) throw refuse('an unknown array type')
    if (structure.slice(0, 3).some(part => part !== null)) throw refuse('an array of records')
    this.#bigEndian = order === '>'
  }
}

/** An array of numbers whose bytes are still those of the pickle: Python 2 wrote them as text. */
export interface PickledNumbers {
  readonly layout: ArrayLayout
  readonly data: Uint8Array | string
}

/** An array of numbers, or of one Python object: the container that NumPy puts around a dictionary. */
export class NumpyArray extends PickleObject {
  numbers: PickledNumbers | undefined
  object: PickleValue | undefined

  /** `(version, shape, dtype, is Fortran order, bytes or list)` */
  override build(state: PickleValue, refuse: Refuse): void {
    const [version, shape, dtype, columnMajor, data, ...others] = asTuple(state)
    const isNew = this.numbers === undefined && this.object === undefined
    if (!isNew || version !== 1 || typeof columnMajor !== 'boolean' || others.length > 0)
      throw refuse('an array of unknown form')
    this.set({ shape, dtype, columnMajor, data }, refuse)
  }

  set(
    state: {
      readonly shape: PickleValue | undefined
      readonly dtype: PickleValue | undefined
      readonly columnMajor: boolean
      readonly data: PickleValue | undefined
    },
    refuse: Refuse,
  ): void {
    const { dtype, columnMajor, data } = state
    const shape = asTuple(state.shape)
    if (!(dtype instanceof NumpyDtype) || !Array.isArray(state.shape) || !shape.every(isNatural))
      throw refuse('an array of unknown form')
    if (dtype.code.startsWith('O') && data instanceof PickleList) {
      if (shape.length > 0 || data.items.length !== 1) throw refuse('an array of several Python objects')
      this.object = data.items[0]
      return
    }
    if (typeof data !== 'string' && !(data instanceof Uint8Array)) throw refuse('an array without bytes')
    this.numbers = { layout: layoutOf(dtype, shape, columnMajor, refuse), data }
    assertFits(this.numbers.layout, data.length, refuse)
  }
}

/** One number, or a text (np.str_, in UTF-32) such as a photo's name. */
export function readScalar(dtype: NumpyDtype, data: Uint8Array | string, refuse: Refuse): PickleValue {
  if (/^U\d+$/.test(dtype.code)) return readUtf32(latinBytes(data, refuse), dtype.bigEndian, refuse)
  const layout = layoutOf(dtype, [], false, refuse)
  assertFits(layout, data.length, refuse)
  const tensor = toTensor(layout, latinBytes(data, refuse))
  const value = layout.dtype === 'F16' ? toFloat32(tensor)[0]! : tensor.data[0]!
  if (layout.dtype === 'BOOL') return value !== 0
  return typeof value === 'bigint' && Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** The bytes, or those that a text stands for, one a character. */
export function latinBytes(data: Uint8Array | string, refuse: Refuse): Uint8Array {
  if (typeof data !== 'string') return data
  if (/[^\0-\xff]/.test(data)) throw refuse('a text that does not stand for bytes')
  return Buffer.from(data, 'latin1')
}

export function asTuple(value: PickleValue | undefined): readonly PickleValue[] {
  return Array.isArray(value) ? (value as readonly PickleValue[]) : []
}

function layoutOf(dtype: NumpyDtype, shape: readonly number[], columnMajor: boolean, refuse: Refuse): ArrayLayout {
  const known = dtypeOf(dtype.code)
  if (!known) throw refuse(`an array of the type ${JSON.stringify(dtype.code)}, which holds no numbers`)
  return { dtype: known, bigEndian: dtype.bigEndian, columnMajor, shape }
}

/** Longest text of a scalar, in characters. */
const LONGEST_TEXT = 4096

function readUtf32(bytes: Uint8Array, bigEndian: boolean, refuse: Refuse): string {
  if (bytes.length % 4 !== 0 || bytes.length > LONGEST_TEXT * 4) throw refuse('a text of an impossible length')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let text = ''
  for (let at = 0; at < bytes.length; at += 4) {
    const point = view.getUint32(at, !bigEndian)
    if (point > 0x10ffff) throw refuse('a text with an impossible character')
    text += String.fromCodePoint(point)
  }
  return text.replace(/\0+$/, '') // NumPy pads with zeros
}
