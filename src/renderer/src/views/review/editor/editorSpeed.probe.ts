import { imagePoint } from '../../../../../shared/geometry/points'
import { Editor } from '../../../editor/core/editor'
import { LabelDocument } from '../../../editor/core/labelDocument'
import type { Pointer, ToolId } from '../../../editor/core/tool'
import { LabelTextures } from '../../../gl/labelTextures'

/** What a benchmark measures in a real browser: strokes from the pointer's event to the tiles on the graphics card. */
interface SpeedProbe {
  readonly tool: (id: ToolId, size: number, zoom: number) => void
  /** Milliseconds from each event of the pointer until its tiles were uploaded, since the last call. */
  readonly taken: () => number[]
  /** Draws strokes without waiting for a pointer. @returns milliseconds of each of their events, and of each undo */
  readonly strokes: (count: number, tools: readonly ToolId[]) => { readonly events: number[]; readonly undo: number[] }
  readonly history: () => { readonly steps: number; readonly bytes: number; readonly dropped: number }
}

/** CSS px of the square that takes the pointer. */
const VIEW = 700

/** An editor on a mask of `side`² in which `classes` lie beside each other in cells of 64 px; photo and scores are noise. */
function openEditor(side: number, classes: number): Editor {
  const labels = Uint8Array.from(
    { length: side * side },
    (_, i) => (((i % side) >> 6) * 7919 + (Math.floor(i / side) >> 6) * 104_729) % (classes + 1),
  )
  const scores = Float32Array.from({ length: side * side }, (_, i) => ((i * 31) % 1000) / 1000)
  const pixels = Uint8ClampedArray.from({ length: side * side * 4 }, (_, i) => ((i >> 8) * 31 + (i % 7)) & 255)
  return new Editor({
    document: new LabelDocument({ width: side, height: side }, labels),
    resources: {
      scores: () => scores,
      photo: () => ({ data: pixels, channels: 4 }),
      superpixels: () => undefined,
    },
    tell: () => undefined,
  })
}

/** A canvas that takes the pointer, and what brings the mask's changed tiles to its card. */
function openCard({ document: mask }: Editor): { readonly canvas: HTMLCanvasElement; readonly upload: () => void } {
  const canvas = document.body.appendChild(document.createElement('canvas'))
  Object.assign(canvas.style, { position: 'fixed', inset: '0', width: `${VIEW}px`, height: `${VIEW}px` })
  const gl = canvas.getContext('webgl2', { antialias: false, depth: false })
  const { labels } = mask
  if (gl === null || !(labels instanceof Uint8Array)) throw new Error('this browser has no WebGL2')
  const textures = new LabelTextures(gl)
  const upload = () => {
    textures.get({ labels, ...mask.size, changing: mask })
    gl.finish()
  }
  upload()
  return { canvas, upload }
}

export function openProbe(side: number, classes: number): SpeedProbe {
  const editor = openEditor(side, classes)
  const { canvas, upload } = openCard(editor)
  let zoom = VIEW / side
  let waits: number[] = []
  const pointer = (event: PointerEvent): Pointer => ({ point: imagePoint(event.offsetX / zoom, event.offsetY / zoom) })
  const listen = (type: 'pointerdown' | 'pointermove' | 'pointerup', act: (event: PointerEvent) => void) =>
    canvas.addEventListener(type, event => {
      act(event)
      upload()
      waits.push(performance.now() - event.timeStamp)
    })
  listen('pointerdown', event => editor.press(pointer(event)))
  listen('pointermove', event => editor.move(...event.getCoalescedEvents().map(pointer)))
  listen('pointerup', event => editor.release(pointer(event)))

  const timed = (work: () => void) => {
    const start = performance.now()
    work()
    upload()
    return performance.now() - start
  }
  return {
    tool(id, size, shown) {
      zoom = shown
      editor.choose(id)
      editor.configure({ brush: { size, shape: 'round' }, threshold: 0.5, zoom })
    },
    taken() {
      const all = waits
      waits = []
      return all
    },
    strokes(count, tools) {
      const events: number[] = []
      for (let stroke = 0; stroke < count; stroke++) {
        editor.choose(tools[stroke % tools.length]!)
        editor.configure({
          label: 1 + (stroke % classes),
          brush: { size: 8 + ((stroke * 37) % 120), shape: 'round' },
        })
        events.push(...randomStroke(editor, stroke, side, timed))
      }
      const undo = Array.from({ length: Math.min(count, 200) }, () => timed(() => editor.undo()))
      for (let i = 0; i < undo.length; i++) editor.redo()
      return { events, undo }
    },
    history: () => ({
      steps: editor.history.steps.length,
      bytes: editor.history.bytes,
      dropped: editor.history.dropped,
    }),
  }
}

/** A walk of 20 events over some hundred pixels, the same for the same number. */
function randomStroke(editor: Editor, seed: number, side: number, timed: (work: () => void) => number): number[] {
  const turn = (at: number) => (((seed + 1) * 7919 + at * 104_729) % 1009) / 1009
  let [x, y] = [turn(1) * side, turn(2) * side]
  const next = (at: number): Pointer => {
    x += (turn(at) - 0.5) * 80
    y += (turn(at + 50) - 0.5) * 80
    return { point: imagePoint(x, y) }
  }
  return [
    timed(() => editor.press(next(3))),
    ...Array.from({ length: 18 }, (_, i) => timed(() => editor.move(next(4 + i)))),
    timed(() => editor.release(next(30))),
  ]
}
