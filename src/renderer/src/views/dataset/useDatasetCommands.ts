import { useCommands } from '../../stores/commands'
import { useDatasetStore } from '../../stores/dataset'
import { datasetTexts } from '../../texts/dataset'
import { frameTexts } from '../../texts/frame'
import type { PhotoChoiceState } from './usePhotoChoice'

interface Deeds {
  readonly choice: PhotoChoiceState
  readonly readOnly: () => boolean
  readonly zoom: (steps: number) => void
  readonly search: () => void
  readonly addLabel: () => void
  readonly review: () => void
}

/** What can be done on the Dataset screen, by key or from the palette. */
export function useDatasetCommands({ choice, readOnly, zoom, search, addLabel, review }: Deeds): void {
  const dataset = useDatasetStore()
  const texts = datasetTexts.commands
  const group = frameTexts.screens.dataset
  useCommands(() => [
    {
      id: 'dataset.undo',
      title: texts.undo,
      group,
      keys: ['$mod+KeyZ'],
      enabled: !readOnly() && dataset.history.undo !== null,
      repeats: true,
      run: dataset.undo,
    },
    {
      id: 'dataset.redo',
      title: texts.redo,
      group,
      keys: ['$mod+Shift+KeyZ', '$mod+KeyY'],
      enabled: !readOnly() && dataset.history.redo !== null,
      repeats: true,
      run: dataset.redo,
    },
    { id: 'dataset.selectAll', title: texts.selectAll, group, keys: ['$mod+KeyA'], run: choice.selectAll },
    {
      id: 'dataset.clearSelection',
      title: texts.clearSelection,
      group,
      keys: ['Escape'],
      enabled: choice.selected.value > 0,
      run: choice.clear,
    },
    { id: 'dataset.search', title: texts.search, group, keys: ['$mod+KeyF'], run: search },
    { id: 'dataset.addLabel', title: texts.addLabel, group, keys: ['KeyL'], enabled: !readOnly(), run: addLabel },
    { id: 'dataset.review', title: texts.review, group, run: review },
    { id: 'dataset.larger', title: texts.larger, group, keys: ['Equal'], repeats: true, run: () => zoom(1) },
    { id: 'dataset.smaller', title: texts.smaller, group, keys: ['Minus'], repeats: true, run: () => zoom(-1) },
  ])
}
