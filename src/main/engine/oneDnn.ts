import { AttributeType, DataType, type OpAttribute } from './attributes'
import type { Engine } from './backend'
import { currentEngine } from './current'

/** Says of an operation that its oneDNN kernel is meant; without it TensorFlow looks for one that does not exist. */
export const oneDnnKernel: OpAttribute = { name: '_kernel', type: AttributeType.STRING, value: 'MklNameChangeOp' }

const known = new WeakMap<Engine, boolean>()

/**
 * Whether oneDNN's convolutions can be called here: they are in every x86 build of TensorFlow's CPU library. By itself
 * TensorFlow uses them on some processors only; called by name they run on all, a depthwise one three times as fast.
 */
export function hasOneDnn(): boolean {
  const engine = currentEngine()
  const before = known.get(engine)
  if (before !== undefined) return before
  const found = engine.device.type === 'CPU' && tryConvolution(engine)
  known.set(engine, found)
  return found
}

/** The smallest depthwise convolution: 1 × 1 pixel of one channel. */
function tryConvolution({ tf, backend }: Engine): boolean {
  const ones = [1, 1, 1, 1]
  const attributes: OpAttribute[] = [
    { name: 'T', type: AttributeType.TYPE, value: DataType.FLOAT },
    { name: 'strides', type: AttributeType.INT, value: ones },
    { name: 'dilations', type: AttributeType.INT, value: ones },
    { name: 'data_format', type: AttributeType.STRING, value: 'NHWC' },
    { name: 'padding', type: AttributeType.STRING, value: 'SAME' },
    { name: 'num_args', type: AttributeType.INT, value: 1 },
    { name: 'fused_ops', type: AttributeType.STRING, value: ['BiasAdd'] },
    oneDnnKernel,
  ]
  return tf.tidy(() => {
    try {
      const inputs = [tf.fill([1, 1, 1, 1], 3), tf.fill([1, 1, 1, 1], 2), tf.fill([1], 1)]
      return backend.executeSingleOutput('_MklNativeFusedDepthwiseConv2dNative', attributes, inputs).dataSync()[0] === 7
    } catch {
      return false // a build without them: the plain kernels compute the same, more slowly
    }
  })
}
