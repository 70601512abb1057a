import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Deletes from an unpacked engine what only Python needs: of 10,600 files and 1.1 GB, the two libraries (750 MB) and
 * the licences stay; of the NVIDIA packages, all but headers.
 * @param folder the pip target: `tensorflow/`, `*.dist-info/` and, with CUDA, `nvidia/`
 */
export async function pruneEngine(folder: string): Promise<void> {
  for (const entry of await readdir(folder))
    if (entry !== 'tensorflow' && entry !== 'nvidia' && !entry.endsWith('.dist-info'))
      await rm(join(folder, entry), { recursive: true, force: true })
  const tensorflow = join(folder, 'tensorflow')
  for (const entry of await readdir(tensorflow))
    if (!/^lib.*\.so(\.\d+)*$/.test(entry) && !/LICEN[CS]E|NOTICE/i.test(entry))
      await rm(join(tensorflow, entry), { recursive: true, force: true })
  const nvidia = join(folder, 'nvidia')
  for (const entry of await readdir(nvidia).catch(() => []))
    await rm(join(nvidia, entry, 'include'), { recursive: true, force: true })
}
