import { z } from 'zod'
import { defineExport } from '../exporting/defineExport'
import { Losses, mapOf } from '../exporting/losses'
import { voidOption } from '../exporting/voidOption'

/** `<stem>.png`, 8-bit grey: the value is the label, so that a viewer shows it all but black. */
export default defineExport({
  id: 'png',
  title: 'Plain PNG',
  text: 'Grey PNG whose values are the labels, without colours: a viewer shows it nearly black, and rightly so. Void is 255.',
  contents: 'masks',
  options: z.object(voidOption),
  write: async ({ classes, photos, options }, folder, work) => {
    await folder.write('labels.txt', () => ['background', ...classes, ''].join('\n'))
    const losses = new Losses()
    await work.forEachPhoto(photos, async photo => {
      const input = { ...mapOf(photo), withVoid: options.void === 'keep' }
      const lost = await folder.writeSaying(`masks/${photo.stem}.png`, async () => {
        const { png, ...said } = await work.pool.run('greyMap', input, work.signal)
        return { content: png, said }
      })
      losses.add(lost)
    })
    return losses.notes()
  },
})
