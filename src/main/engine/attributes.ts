/** TensorFlow's type numbers (tensorflow/c/tf_datatype.h) and the attribute kinds of tfjs's binding. */
export const DataType = {
  FLOAT: 1,
  DOUBLE: 2,
  INT32: 3,
  UINT8: 4,
  STRING: 7,
  COMPLEX64: 8,
  INT64: 9,
  BOOL: 10,
  HALF: 19,
  RESOURCE: 20,
} as const
export type DataType = (typeof DataType)[keyof typeof DataType]

/** Numbers of our own choosing: tfjs's kernels only pass back what the binding tells them (tf_attrtype.h's order). */
export const AttributeType = { STRING: 0, INT: 1, FLOAT: 2, BOOL: 3, TYPE: 4, SHAPE: 5, RESOURCE: 99 } as const

/** One attribute of an operation, in the form tfjs's kernels hand it over. */
export interface OpAttribute {
  name: string
  type: number
  value: boolean | number | object | string | number[]
}
