import { Editor, type EditorEvent } from '../../src/renderer/src/editor/core/editor'
import { LabelDocument } from '../../src/renderer/src/editor/core/labelDocument'
import type { PhotoResources, Pointer } from '../../src/renderer/src/editor/core/tool'
import { imagePoint } from '../../src/shared/geometry/points'

const nothing: PhotoResources = { scores: () => undefined, photo: () => undefined, superpixels: () => undefined }

/** An editor on a mask of background, a square brush of 2 px, and what it tells. */
export function openedEditor(resources: Partial<PhotoResources> = {}, side = 12) {
  const events: EditorEvent[] = []
  const document = new LabelDocument({ width: side, height: side }, new Uint8Array(side * side))
  const editor = new Editor({ document, resources: { ...nothing, ...resources }, tell: event => events.push(event) })
  editor.configure({ brush: { size: 2, shape: 'square' } })
  return {
    editor,
    document,
    told: (type: EditorEvent['type']) => events.filter(event => event.type === type),
    refusals: () => events.flatMap(event => (event.type === 'refused' ? [event.refusal] : [])),
    /** How many pixels have a label. */
    count: (label: number) => document.labels.filter(other => other === label).length,
  }
}

export const at = (x: number, y: number, pressure?: number): Pointer => ({ point: imagePoint(x, y), pressure })

/** Presses, moves through the points between and releases at the last. */
export function drag(editor: Editor, ...points: readonly Pointer[]): void {
  editor.press(points[0]!)
  editor.move(...points)
  editor.release(points.at(-1)!)
}
