import type { Tensor } from '@tensorflow/tfjs'
import { AttributeType, DataType } from './attributes'
import { currentEngine } from './current'

/**
 * Uploads bytes and casts them to float32 on the device: a quarter of the bytes cross, and no float copy is made here.
 * @returns `shape`, values 0 … 255
 */
export function uploadUint8(data: Uint8Array, shape: readonly number[]): Tensor {
  return uploadAndCast(data, DataType.UINT8, shape)
}

/** Uploads half floats (their 16-bit patterns) and casts them to float32 on the device. */
export function uploadHalf(data: Uint16Array, shape: readonly number[]): Tensor {
  return uploadAndCast(data, DataType.HALF, shape)
}

/**
 * Runs `make` in a tidy and reads its result. (`tf.tidy(() => x.dataSync())` would look for tensors among the numbers,
 * one by one.)
 */
export function readTidy(make: () => Tensor): Float32Array {
  const { tf } = currentEngine()
  const tensor = tf.tidy(make)
  const data = tensor.dataSync() as Float32Array
  tensor.dispose()
  return data
}

/** Reads a float32 tensor as half floats, rounded to nearest even on the device. */
export function readHalf(tensor: Tensor): Uint16Array {
  const { binding, backend } = currentEngine()
  const [id] = backend.getInputTensorIds([tensor])
  const [half] = binding.executeOp('Cast', castAttributes(DataType.FLOAT, DataType.HALF), [id!], 1)
  try {
    return binding.tensorDataSync(half!.id) as Uint16Array
  } finally {
    binding.deleteTensor(half!.id)
  }
}

function uploadAndCast(data: Uint8Array | Uint16Array, dtype: number, shape: readonly number[]): Tensor {
  const { binding, backend } = currentEngine()
  const raw = binding.createTensor(shape, dtype, data)
  try {
    const [float] = binding.executeOp('Cast', castAttributes(dtype, DataType.FLOAT), [raw], 1)
    return backend.createOutputTensor(float!)
  } finally {
    binding.deleteTensor(raw)
  }
}

function castAttributes(from: number, to: number) {
  return [
    { name: 'SrcT', type: AttributeType.TYPE, value: from },
    { name: 'DstT', type: AttributeType.TYPE, value: to },
    { name: 'Truncate', type: AttributeType.BOOL, value: false },
  ]
}
