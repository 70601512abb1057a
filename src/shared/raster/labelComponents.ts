import type { Size } from './size'

/** The connected parts of a label map. */
export interface LabelComponents {
  /** `[height * width]`: 0 outside all parts, else the part, numbered from 1 in the order of their first pixels. */
  readonly ids: Int32Array
  /** The label of part i + 1. */
  readonly labels: readonly number[]
}

/**
 * Parts each of pixels of one label that hang together, found in two walks along the rows with a union of what turns out
 * to be the same part (Rosenfeld & Pfaltz 1966).
 *
 * @param labels   `[height * width]`
 * @param diagonal whether pixels that touch at a corner only hang together
 * @param counts   whether a label is looked at at all
 */
export function labelComponents(
  labels: Uint8Array,
  { width, height }: Size,
  diagonal: boolean,
  counts: (label: number) => boolean,
): LabelComponents {
  const ids = new Int32Array(width * height)
  const parents = [0]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const at = y * width + x
      const label = labels[at]!
      if (!counts(label)) continue
      let id = x > 0 && labels[at - 1] === label ? ids[at - 1]! : 0
      if (y > 0) {
        const [from, to] = diagonal ? [Math.max(0, x - 1), Math.min(width - 1, x + 1)] : [x, x]
        for (let above = at - width - (x - from); above <= at - width + (to - x); above++)
          if (labels[above] === label) id = id === 0 ? ids[above]! : united(parents, id, ids[above]!)
      }
      if (id === 0) id = parents.push(parents.length) - 1
      ids[at] = id
    }
  return numbered(labels, ids, parents)
}

/** The root of both parts, which are one from now on. */
function united(parents: number[], a: number, b: number): number {
  const [first, second] = [rootOf(parents, a), rootOf(parents, b)]
  const root = Math.min(first, second)
  parents[first] = root
  parents[second] = root
  return root
}

function rootOf(parents: number[], id: number): number {
  while (parents[id] !== id) {
    parents[id] = parents[parents[id]!]! // halves the way for the next one
    id = parents[id]!
  }
  return id
}

function numbered(labels: Uint8Array, ids: Int32Array, parents: number[]): LabelComponents {
  const numbers = new Int32Array(parents.length)
  const found: number[] = []
  for (let i = 0; i < ids.length; i++) {
    if (ids[i] === 0) continue
    const root = rootOf(parents, ids[i]!)
    if (numbers[root] === 0) numbers[root] = found.push(labels[i]!)
    ids[i] = numbers[root]!
  }
  return { ids, labels: found }
}
