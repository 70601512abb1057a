import { WorkbenchError } from '../../shared/errors'
import { AttributeType, type OpAttribute } from './attributes'
import type { NativeLibrary } from './library'

/** Zero-terminated bytes of names, made once each: a training step passes the same hundred names thousands of times. */
export class CStrings {
  readonly #known = new Map<string, Buffer>()

  bytes(text: string): Buffer {
    let bytes = this.#known.get(text)
    if (bytes === undefined) this.#known.set(text, (bytes = Buffer.from(`${text}\0`, 'utf8')))
    return bytes
  }
}

/** Hands attributes of operations to TensorFlow's C API (tensorflow/c/eager/c_api.h `TFE_OpSetAttr…`). */
export class AttributeSetter {
  readonly #library: NativeLibrary
  readonly #names: CStrings
  readonly #status: number

  constructor(library: NativeLibrary, names: CStrings, status: number) {
    this.#library = library
    this.#names = names
    this.#status = status
  }

  /** Sets one attribute. A shape's own complaint stands in `status` afterwards. */
  set(op: number, { name, type, value }: OpAttribute): void {
    const library = this.#library
    const cName = this.#names.bytes(name)
    if (Array.isArray(value) && type !== AttributeType.SHAPE) return this.#setList(op, cName, type, value)
    switch (type) {
      case AttributeType.STRING: {
        const bytes = this.#names.bytes(String(value))
        return library.TFE_OpSetAttrString(op, cName, bytes, bytes.length - 1)
      }
      case AttributeType.INT:
        return library.TFE_OpSetAttrInt(op, cName, Number(value))
      case AttributeType.FLOAT:
        return library.TFE_OpSetAttrFloat(op, cName, Number(value))
      case AttributeType.BOOL:
        return library.TFE_OpSetAttrBool(op, cName, value ? 1 : 0)
      case AttributeType.TYPE:
        return library.TFE_OpSetAttrType(op, cName, Number(value))
      case AttributeType.SHAPE: {
        const dims = BigInt64Array.from(value as number[], BigInt)
        return library.TFE_OpSetAttrShape(op, cName, dims, dims.length, this.#status)
      }
      default:
        throw new WorkbenchError('UNSUPPORTED', `attribute ${name} has kind ${type}, which the binding does not set`)
    }
  }

  #setList(op: number, name: Buffer, type: number, values: readonly unknown[]): void {
    const library = this.#library
    const count = values.length
    switch (type) {
      case AttributeType.INT:
        return library.TFE_OpSetAttrIntList(op, name, BigInt64Array.from(values as number[], BigInt), count)
      case AttributeType.FLOAT:
        return library.TFE_OpSetAttrFloatList(op, name, Float32Array.from(values as number[]), count)
      case AttributeType.BOOL:
        return library.TFE_OpSetAttrBoolList(op, name, Uint8Array.from(values as boolean[], Number), count)
      case AttributeType.STRING: {
        const strings = values as readonly string[]
        const lengths = BigUint64Array.from(strings, text => BigInt(Buffer.byteLength(text)))
        return library.TFE_OpSetAttrStringList(op, name, strings, lengths, count)
      }
      case AttributeType.TYPE:
        return library.TFE_OpSetAttrTypeList(op, name, Int32Array.from(values as number[]), count)
      default:
        throw new WorkbenchError('UNSUPPORTED', `lists of attribute kind ${type} are not set by the binding`)
    }
  }
}
