import { uniformInt } from 'pure-rand/distribution/uniformInt'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'
import { expect, test } from 'vitest'
import { at } from '../../../../../tests/helpers/openedEditor'
import { randomLabels } from '../../../../../tests/helpers/randomLabels'
import { decodeDelta } from '../../../../shared/raster/labelDelta'
import { Editor, type EditorEvent } from './editor'
import { History } from './history'
import { LabelDocument } from './labelDocument'
import type { RegionOperation } from './regionOperation'
import { toolIds } from './tool'

/** Wider than a tile: strokes go over a seam. */
const size = { width: 270, height: 40 }
const seeds = [1, 2, 3, 4]

const operations: readonly RegionOperation[] = [
  { id: 'fill-holes' },
  { id: 'remove-islands', pixels: 40 },
  { id: 'keep-largest' },
  { id: 'open', radius: 2 },
  { id: 'close', radius: 3 },
  { id: 'widen', radius: 2 },
  { id: 'shrink', radius: 1 },
  { id: 'smooth', radius: 3 },
  { id: 'replace-label', by: 3 },
]

/** An editor on a random mask, with a photo, scores and superpixels, and one random thing to do at a time. */
function randomEditor(seed: number, locked: readonly number[] = []) {
  const random = xoroshiro128plus(seed)
  const below = (limit: number) => uniformInt(random, 0, limit - 1)
  const start = randomLabels(seed, size, 3)
  const document = new LabelDocument(size, start.slice())
  for (const label of locked) document.locks.set(label, true)
  const noise = Uint8Array.from(
    { length: start.length * 3 },
    (_, i) => 90 + ((i * 7919) % 31) + (i % 810 < 400 ? 60 : 0),
  )
  const scores = Float32Array.from(start, (_, i) => (i % 97) / 97)
  const ids = Int32Array.from(start, (_, i) => Math.floor((i % 270) / 9) + 30 * Math.floor(i / 270 / 8))
  const events: EditorEvent[] = []
  const resources = {
    scores: () => scores,
    photo: () => ({ data: noise, channels: 3 as const }),
    superpixels: () => ids,
  }
  const editor = new Editor({ document, resources, tell: event => events.push(event) })
  const point = () => at(below(290) - 10, below(60) - 10, below(3) === 0 ? below(100) / 100 : undefined)
  const gesture = (end: 'release' | 'cancel') => {
    editor.choose(toolIds[below(toolIds.length)]!)
    editor.configure({
      label: [1, 2, 3, 0, 255][below(5)]!,
      brush: { size: 1 + below(30), shape: below(2) ? 'round' : 'square' },
      reach: 1 + below(20),
      tolerance: below(80),
      threshold: below(100) / 100,
      stabiliser: below(2) * 5,
    })
    editor.press(point())
    editor.move(point(), point())
    if (end === 'release') editor.release(point())
    if (end === 'release' && below(2)) editor.key('Enter')
    editor.cancel()
  }
  const act = () => {
    const choice = below(10)
    if (choice < 6) gesture(choice === 0 ? 'cancel' : 'release')
    else if (choice < 8) editor.operate(operations[below(operations.length)]!, { label: 1 + below(3) })
    else if (choice === 8) editor.copy({ label: below(4) })
    else editor.goTo(below(editor.history.steps.length + 1))
  }
  return { editor, document, start, events, act, gesture }
}

/** Whether two maps are one, without a report of every pixel. */
const same = (a: ArrayLike<number>, b: ArrayLike<number>) => Buffer.compare(Buffer.from(a), Buffer.from(b)) === 0

test.each(seeds)('whatever is done (%i), undoing all of it gives the first map and doing it again the last', seed => {
  const { editor, document, start, act } = randomEditor(seed)
  for (let i = 0; i < 30; i++) act()
  const { history } = editor
  history.goTo(history.steps.length)
  const last = document.labels.slice()
  expect(history.steps.length).toBeGreaterThan(0)
  history.goTo(0)
  expect(same(document.labels, start)).toBe(true)
  history.goTo(history.steps.length)
  expect(same(document.labels, last)).toBe(true)
})

test.each(seeds)('what the journal was told (%i) makes the same map elsewhere', seed => {
  const { document, start, events, act } = randomEditor(seed)
  const kept: Uint8Array[] = []
  let position = 0
  for (let i = 0; i < 30; i++) {
    events.length = 0
    act()
    for (const event of events) {
      if (event.type === 'committed') kept.splice(event.position - 1, Infinity, event.step.delta.bytes)
      if (event.type === 'committed' || event.type === 'moved') position = event.position
    }
  }
  const other = new LabelDocument(size, start.slice())
  const deltas = kept.map((bytes, i) => decodeDelta(bytes, `stroke ${i + 1}`))
  new History(other).restore(deltas, position, 0)
  expect(same(other.labels, document.labels)).toBe(true)
})

test.each(seeds)('locked labels (%i) neither lose a pixel nor gain one', seed => {
  const { document, start, act } = randomEditor(seed, [2, 255])
  for (let i = 0; i < 30; i++) act()
  for (const label of [2, 255])
    expect(
      same(
        document.labels.map(other => Number(other === label)),
        start.map(other => Number(other === label)),
      ),
    ).toBe(true)
})

test.each(seeds)('what is cancelled (%i) leaves nothing', seed => {
  const { editor, document, start, gesture } = randomEditor(seed)
  for (let i = 0; i < 30; i++) gesture('cancel')
  const made = editor.history.steps.map(({ delta }) => delta.name)
  expect(made.filter(name => name !== 'fill')).toEqual([]) // a fill is done at the press
  editor.history.goTo(0)
  expect(same(document.labels, start)).toBe(true)
})

test.each(seeds)('only tiles that are said to have changed (%i) have', seed => {
  const { document, act } = randomEditor(seed)
  for (let i = 0; i < 20; i++) {
    const [before, version] = [document.labels.slice(), document.version]
    act()
    for (const { x0, y0, x1, y1 } of document.tilesChangedSince(version))
      for (let y = y0; y < y1; y++)
        before.set(document.labels.subarray(y * size.width + x0, y * size.width + x1), y * size.width + x0)
    expect(same(before, document.labels)).toBe(true)
  }
})
