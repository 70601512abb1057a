import { ref } from 'vue'
import type { Pointed } from '../../../components/maps/canvasView'
import type { Editor } from '../../../editor/core/editor'
import type { Pointer } from '../../../editor/core/tool'
import { changeSize, sizeInHand } from './brushSize'

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
    const size = sizeInHand(now)
    if (event.altKey && size !== undefined) sizing.value = { x: event.clientX, size }
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

/**
 * Pens measure how hard they are pressed, and some screens. What does not measure says 0.5 while it is pressed, or 0
 * (Pointer Events, `pressure`): that of a mouse or a finger is made up.
 */
function pointerOf({ point, event: { pointerType, pressure } }: Pointed): Pointer {
  const isMeasured = pointerType === 'pen' || (pointerType === 'touch' && pressure !== 0 && pressure !== 0.5)
  return isMeasured ? { point, pressure } : { point }
}
