import { createHash } from 'node:crypto'
import { statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openProject, type Project } from '../../src/main/db/open'
import type { ImportedPhoto } from '../../src/shared/contract/import'
import { temporaryFolder } from './temporaryFolder'

/** A new project of two classes whose `photos` are small text files: for all that never decodes one. */
export function tinyProject(photos = 4): Project {
  const folder = temporaryFolder()
  const project = openProject(join(folder, 'project'), { create: true })
  project.imports.store(
    ['cat', 'dog'],
    Array.from({ length: photos }, (_, i) => tinyPhoto(folder, i)),
  )
  return project
}

function tinyPhoto(folder: string, i: number): ImportedPhoto {
  const path = join(folder, `photo-${i}.jpg`)
  const bytes = Buffer.from(`photo ${i}`)
  writeFileSync(path, bytes)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const { mtimeMs } = statSync(path)
  const file = { stem: `photo-${i}`, path, bytes: bytes.length, mtimeMs: Math.trunc(mtimeMs), sha256 }
  return { ...file, width: 4, height: 4, split: 'train', present: [i % 2], unknown: [] }
}
