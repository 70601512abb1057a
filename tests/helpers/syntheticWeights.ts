/** The generator of the golden scripts: ((7919 i + 13 + 101 seed) mod 1009) / 1009 − ½. */
export function parityValues(count: number, seed: number): Float64Array {
  const values = new Float64Array(count)
  for (let i = 0; i < count; i++) values[i] = ((i * 7919 + 13 + 101 * seed) % 1009) / 1009 - 0.5
  return values
}

/** What `fill` of tests/golden/backbones.py gives a network of these shapes: weights scaled to keep the variance. */
export function syntheticWeights(shapes: ReadonlyMap<string, readonly number[]>): Map<string, Float32Array> {
  const weights = new Map<string, Float32Array>()
  ;[...shapes.keys()].sort().forEach((key, index) => {
    const shape = shapes.get(key)!
    const values = parityValues(
      shape.reduce((a, b) => a * b, 1),
      index,
    )
    const fanIn = shape.length === 4 ? shape[1]! * shape[2]! * shape[3]! : 0
    const nearOne = key.endsWith('running_var') || key.endsWith('weight')
    const [mean, width] = fanIn > 0 ? [0, Math.sqrt(24 / fanIn)] : [nearOne ? 1 : 0, 0.2]
    const scaled = new Float32Array(values.length)
    for (let i = 0; i < values.length; i++) scaled[i] = mean + width * values[i]!
    weights.set(key, scaled)
  })
  return weights
}
