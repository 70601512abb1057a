import { ClusterStep } from '../src/main/methods/lpcam/clusterStep'
import { lpcamOptions } from '../src/main/methods/lpcam/options'
import { disposeRows, RowCollector } from '../src/main/methods/lpcam/rows'
import { benchEngine, report, time } from './support/measure'

/** One iteration of k-means on 50,000 vectors of 1,280 channels, 12 centres, against its two matrix products alone. */
const [rowsCount, channels, clusters] = [50_000, 1280, 12]

const { tf, binding } = benchEngine()
const collector = new RowCollector(channels)
for (let start = 0; start < rowsCount; start += 1000) collector.add(tf.randomUniform([1000, channels]))
const rows = collector.finish()
const options = { ...lpcamOptions.parse({}), clusters }
const centres = Float32Array.from({ length: clusters * channels }, (_, i) => ((i * 7919) % 1009) / 1009)

const inputBytes = rowsCount * channels * 4
binding.resetPeak()
const before = binding.memory().bytes
const step = new ClusterStep(rows, options)
const iteration = time(7, () => void step.assign(centres))
const extra = binding.memory().peakBytes - before

const whole = tf.concat([...rows.chunks], 0)
const directions = tf.tensor2d(centres, [clusters, channels])
const chosen = tf.oneHot(
  tf.tensor1d(
    Int32Array.from({ length: rowsCount }, (_, i) => i % clusters),
    'int32',
  ),
  clusters,
  1,
  0,
  'float32',
)
const products = time(7, () => {
  const scores = tf.matMul(whole, directions, false, true)
  const sums = tf.matMul(chosen, whole, true, false)
  sums.dataSync()
  scores.dispose()
  sums.dispose()
})
disposeRows(rows)
report('k-means, 50,000 × 1,280, K = 12', [
  {
    'iteration ms': Math.round(iteration),
    'two products ms': Math.round(products),
    ratio: (iteration / products).toFixed(2),
    limit: 2.5,
    'extra memory / input': (extra / inputBytes).toFixed(3),
    'memory limit': 0.5,
  },
])
