import { ref } from 'vue'
import type { Pointed } from '../../components/maps/canvasView'
import type { Editor } from '../../editor/core/editor'
import type { Pointer } from '../../editor/core/tool'
import { changeSize, usedBrush } from './brushSize'

/**
 * The pointer on the photo: strokes of the tool in hand, and Alt with a drag for the brush's size.
 * @param begun a stroke begins: whoever draws wants to see it
 */
export function usePointer(editor: () => Editor | undefined, disabled: () => boolean, begun: () => void) {
  /** Where a drag for the size began, CSS px, and the size there. */
  const sizing = ref<{ readonly x: number; readonly size: number }>()

  function press({ point, event }: Pointed): void {
    const now = editor()
    if (now === undefined || disabled()) return
    const brush = usedBrush(now)
    if (event.altKey && brush !== undefined) sizing.value = { x: event.clientX, size: now.settings[brush].size }
    else {
      begun()
      now.press(pointerOf({ point, event }))
    }
  }

  function move(pointed: readonly Pointed[]): void {
    const now = editor()
    if (now === undefined || disabled()) return
    const last = pointed.at(-1)
    if (sizing.value !== undefined && last !== undefined) {
      const dragged = (last.event.clientX - sizing.value.x) / now.settings.zoom
      return changeSize(now, sizing.value.size + dragged)
    }
    now.move(...pointed.map(pointerOf))
  }

  function release(pointed: Pointed): void {
    if (sizing.value === undefined) editor()?.release(pointerOf(pointed))
    sizing.value = undefined
  }

  function cancel(): void {
    sizing.value = undefined
    editor()?.cancel()
  }

  return { press, move, release, cancel, leave: () => editor()?.leave() }
}

/** Pens measure how hard they are pressed; what a mouse or most screens report is made up. */
function pointerOf({ point, event }: Pointed): Pointer {
  return event.pointerType === 'pen' ? { point, pressure: event.pressure } : { point }
}
