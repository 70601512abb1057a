import { encodeCamDictionary } from '../../artifacts/camDictionary'
import { readScoreMaps } from '../../artifacts/scoreMaps'
import { defineExport } from '../exporting/defineExport'
import { noOptions } from '../exporting/noOptions'

/** `<stem>.npy` for every photo: the dictionaries (`keys`, `cam`, `high_res`) that IRN and its descendants read. */
export default defineExport({
  id: 'cams',
  title: 'CAM dictionaries (NumPy)',
  text: 'A dictionary a photo with keys, cam and high_res, as IRN and its descendants read and write them.',
  contents: 'scores',
  options: noOptions,
  write: async ({ photos }, folder, work) => {
    await work.forEachPhoto(photos, ({ stem, blob }) =>
      folder.write(`${stem}.npy`, async () => encodeCamDictionary(await readScoreMaps(blob))),
    )
    return []
  },
})
