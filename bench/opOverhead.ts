import { AttributeType, DataType } from '../src/main/engine/attributes'
import { benchEngine, report } from './support/measure'

/**
 * What one operation costs beyond its arithmetic: `relu` of four numbers, each result deleted at once, by the
 * binding alone, by tfjs's backend, and by tfjs's public function. `cold` is the first thousand calls in a fresh
 * process, before V8 has compiled the way there: it is what short tests see.
 */
const COLD = 1000
const WARM = 20_000
const ROUNDS = 7

const { tf, binding, backend } = benchEngine()
const x = tf.tidy(() => tf.tensor1d([1, -2, 3, -4]).relu())
const [id] = backend.getInputTensorIds([x])
const attributes = [{ name: 'T', type: AttributeType.TYPE, value: DataType.FLOAT }]

const ways: readonly { readonly way: string; readonly call: () => void }[] = [
  {
    way: 'binding.executeOp',
    call: () => {
      const [y] = binding.executeOp('Relu', attributes, [id!], 1)
      binding.deleteTensor(y!.id)
    },
  },
  { way: 'backend.executeSingleOutput', call: () => backend.executeSingleOutput('Relu', attributes, [x]).dispose() },
  { way: 'tf.relu', call: () => tf.relu(x).dispose() },
]

/** Microseconds a call. */
function microseconds(call: () => void, calls: number): number {
  const start = performance.now()
  for (let i = 0; i < calls; i++) call()
  return ((performance.now() - start) / calls) * 1000
}

const rows = ways.map(({ way, call }) => {
  const cold = microseconds(call, COLD)
  const warm = Math.min(...Array.from({ length: ROUNDS }, () => microseconds(call, WARM)))
  return { way, 'cold µs': Number(cold.toFixed(1)), 'warm µs': Number(warm.toFixed(1)) }
})
report('One operation', rows)
