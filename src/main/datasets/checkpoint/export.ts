import { createReadStream } from 'node:fs'
import { WorkbenchError } from '../../../shared/errors'
import { defineExport } from '../exporting/defineExport'
import { noOptions } from '../exporting/noOptions'

/**
 * `checkpoint.safetensors` as the run keeps it, and `classes.txt`: the line is the place of a class among its outputs.
 * A copy that was cut short begins anew: to check what is there would read as much.
 */
export default defineExport({
  id: 'checkpoint',
  title: 'Trained network',
  text: 'The weights of a training step under torchvision’s names, as safetensors: loads without running any code.',
  contents: 'checkpoint',
  options: noOptions,
  write: async ({ classes, checkpoint }, folder) => {
    if (checkpoint === undefined) throw new WorkbenchError('INTERNAL', 'a checkpoint export without a checkpoint')
    await folder.write('classes.txt', () => [...classes, ''].join('\n'))
    await folder.writeInPieces('checkpoint.safetensors', async add => {
      for await (const piece of createReadStream(checkpoint)) await add(piece as Uint8Array)
    })
    return []
  },
})
