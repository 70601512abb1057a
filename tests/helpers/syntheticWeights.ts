/** The generator of the golden scripts: ((7919 i + 13 + 101 seed) mod 1009) / 1009 − ½. */
export function parityValues(count: number, seed: number): Float64Array {
  return Float64Array.from({ length: count }, (_, i) => ((i * 7919 + 13 + 101 * seed) % 1009) / 1009 - 0.5)
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
    weights.set(
      key,
      Float32Array.from(values, x => (fanIn > 0 ? x * Math.sqrt(24 / fanIn) : nearOne ? 1 + 0.2 * x : 0.2 * x)),
    )
  })
  return weights
}
