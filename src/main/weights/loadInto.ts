import { WorkbenchError } from '../../shared/errors'
import { someNames } from '../../shared/text/someNames'
import { toFloat32, type NamedTensor, type StateDict } from '../../shared/tensors/tensors'

/** Names that need not match. `missing` are then left out of the result, `extra` are not looked at. */
export interface Allowance {
  readonly missing?: RegExp
  readonly extra?: RegExp
}

/** So many names are listed of each kind of problem; the rest is counted. */
const LISTED_NAMES = 8

/**
 * The tensors an architecture expects, out of a checkpoint: every name and shape must agree, every value be finite.
 * @param expected name → shape
 * @returns float32 values by name, in the order of `expected`
 */
export function matchStateDict(
  expected: ReadonlyMap<string, readonly number[]>,
  found: StateDict,
  allow: Allowance,
): Map<string, Float32Array> {
  const missing = [...expected.keys()].filter(name => !found.has(name) && !matches(name, allow.missing))
  const extra = [...found.keys()].filter(name => !expected.has(name) && !matches(name, allow.extra))
  const matched = new Map<string, Float32Array>()
  const misshapen: string[] = []
  const notFinite: string[] = []
  for (const [name, shape] of expected) {
    const tensor = found.get(name)
    if (!tensor) continue
    const values = hasShape(tensor, shape) ? toFloat32(tensor) : undefined
    if (!values) misshapen.push(`${name} [${tensor.shape.join(', ')}] instead of [${shape.join(', ')}]`)
    else if (!areFinite(values)) notFinite.push(name)
    else matched.set(name, values)
  }
  const problems = [
    describe('missing', missing),
    describe('not expected', extra),
    describe('of another shape', misshapen),
    describe('with NaN or infinite values', notFinite),
  ].filter(problem => problem !== '')
  if (problems.length > 0)
    throw new WorkbenchError('WEIGHTS_UNREADABLE', `The weights do not fit the network: ${problems.join('; ')}.`)
  return matched
}

function matches(name: string, pattern: RegExp | undefined): boolean {
  return pattern !== undefined && name.search(pattern) !== -1
}

function hasShape({ shape }: NamedTensor, wanted: readonly number[]): boolean {
  return shape.length === wanted.length && shape.every((size, axis) => size === wanted[axis])
}

/** A loop, since there are millions: a function called for each value takes ten times as long. */
function areFinite(values: Float32Array): boolean {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i])) return false
  return true
}

/** E.g. "2 missing (fc.weight, fc.bias)"; empty when there is nothing to say. */
function describe(problem: string, names: readonly string[]): string {
  return names.length === 0 ? '' : `${names.length} ${problem} (${someNames(names, LISTED_NAMES)})`
}
