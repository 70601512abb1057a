import { expect, onTestFinished, test } from 'vitest'
import { xorshift } from '../../../tests/helpers/fuzz'
import { decodeStrokes, encodeStrokes, keptStrokes, type StoredStroke } from '../../shared/contract/strokeJournal'
import { openDatabase } from './database'
import { ImageRepo } from './imageRepo'
import { migrate } from './migrate'
import { StrokeRepo } from './strokeRepo'

/** A project's tables in memory, with photo 1. */
function strokes(): StrokeRepo {
  const database = openDatabase(':memory:', { readOnly: false })
  onTestFinished(() => void database.sqlite.close())
  migrate(database, () => undefined)
  const photo = { stem: 'a', path: '/a.jpg', width: 4, height: 4, bytes: 1, mtimeMs: 1, sha256: 'a', split: 'train' }
  new ImageRepo(database).insert(photo)
  return new StrokeRepo(database)
}

/** A mask for which the order of strokes is all: the numbers of those that are in it. */
class Painting {
  readonly repo = strokes()
  /** What an editor shows, kept by hand beside the journal. */
  shown: number[] = []
  redo: number[] = []
  /** What the label map holds. */
  saved: number[] = []
  #next = 1

  get journal() {
    return this.repo.journal(1)
  }

  paint(): void {
    const id = this.#next++
    this.repo.append(1, this.journal.revision, Uint8Array.of(id & 255, id >> 8))
    this.shown.push(id)
    this.redo = []
  }

  move(steps: number): void {
    const { position, first, last, revision } = this.journal
    const to = Math.max(first - 1, Math.min(last, position + steps))
    this.repo.move(1, revision, to)
    for (let at = position; at > to; at--) this.redo.push(this.shown.pop()!)
    for (let at = position; at < to; at++) this.shown.push(this.redo.pop()!)
  }

  save(): void {
    this.repo.fold(1, this.journal.revision)
    this.saved = [...this.shown]
  }

  /** The mask as a restarted editor makes it: of the label map and the journal alone. */
  rebuilt(): number[] {
    const strokes = decodeStrokes(encodeStrokes(this.repo.list(1)))
    const mask = [...this.saved]
    for (const { delta } of strokes.filter(({ rewind }) => rewind).reverse()) expect(mask.pop()).toBe(numberOf(delta))
    const { saved, position } = this.journal
    const live = new Map(strokes.filter(({ rewind }) => !rewind).map(({ place, delta }) => [place, numberOf(delta)]))
    for (let place = saved; place > position; place--) expect(mask.pop()).toBe(live.get(place))
    for (let place = saved + 1; place <= position; place++) mask.push(live.get(place)!)
    return mask
  }
}

function numberOf(delta: Uint8Array): number {
  return delta[0]! + 256 * delta[1]!
}

test('whatever is painted, undone and saved, the journal leads from the label map to what was shown', () => {
  const random = xorshift(7)
  for (let round = 0; round < 25; round++) {
    const painting = new Painting()
    for (let act = 0; act < 24; act++) {
      const choice = random() % 8
      if (choice < 4) painting.paint()
      else if (choice < 5) painting.save()
      else painting.move((random() % 11) - 6)
      expect(painting.rebuilt()).toEqual(painting.shown)
    }
  }
})

test('a thousand saved strokes can be undone; older ones go, and unsaved ones never', () => {
  const painting = new Painting()
  for (let i = 0; i < 5; i++) painting.paint()
  painting.save()
  for (let i = 0; i < keptStrokes; i++) painting.paint()
  expect(painting.journal).toMatchObject({ first: 6, last: keptStrokes + 5, saved: 5 })
  painting.paint()
  expect(painting.journal).toMatchObject({ first: 6, last: keptStrokes + 6 })
  expect(painting.rebuilt()).toEqual(painting.shown)
})

test('a place that is not kept cannot be gone to', () => {
  const painting = new Painting()
  painting.paint()
  expect(() => painting.repo.move(1, painting.journal.revision, 2)).toThrow(/undo and redo reach from 0 to 1/)
})

test('strokes travel as bytes, the same on both sides', () => {
  const sent: StoredStroke[] = [
    { place: 7, rewind: true, delta: Uint8Array.of(1, 2, 3) },
    { place: 7, rewind: false, delta: new Uint8Array() },
    { place: 70_000, rewind: false, delta: Uint8Array.of(255) },
  ]
  expect(decodeStrokes(encodeStrokes(sent))).toEqual(sent)
  expect(() => decodeStrokes(encodeStrokes(sent).subarray(0, -1))).toThrow(/needs 40 bytes, there are 39/)
})
