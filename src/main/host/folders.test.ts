import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { assertFolderName, existingInside, newInside } from './allowedFolders'
import { createFolder, listFolder } from './folders'

const whole = { files: true, hidden: false, text: '', offset: 0, limit: 200 }

/** An allowed folder, and one beside it that is not. */
function places() {
  const folder = temporaryFolder()
  const [allowed, secret] = [join(folder, 'allowed'), join(folder, 'secret')]
  for (const each of [allowed, secret]) mkdirSync(each)
  return { allowed, secret }
}

function make(folder: string, ...names: readonly string[]): void {
  for (const name of names) {
    if (name.endsWith('/')) mkdirSync(join(folder, name), { recursive: true })
    else writeFileSync(join(folder, name), '')
  }
}

test('folders come first, then files, each as people count', async () => {
  const { allowed } = places()
  make(allowed, 'b10/', 'b9/', 'A/', 'z.csv', 'a.txt', '.hidden/')
  const { rows, total, parent } = await listFolder([allowed], { ...whole, path: allowed })
  expect(rows.map(({ name }) => name)).toEqual(['A', 'b9', 'b10', 'a.txt', 'z.csv'])
  expect([total, parent]).toEqual([5, null])
  const folders = await listFolder([allowed], { ...whole, path: allowed, files: false, hidden: true })
  expect(folders.rows.map(({ name }) => name)).toEqual(['.hidden', 'A', 'b9', 'b10'])
})

test('a page is a part of the list, and text narrows it', async () => {
  const { allowed } = places()
  make(allowed, ...Array.from({ length: 30 }, (_, i) => `photo-${i}/`))
  const page = await listFolder([allowed], { ...whole, path: allowed, offset: 10, limit: 3 })
  expect([page.total, page.rows.map(({ name }) => name)]).toEqual([30, ['photo-10', 'photo-11', 'photo-12']])
  const found = await listFolder([allowed], { ...whole, path: allowed, text: 'PHOTO-2' })
  expect(found.total).toBe(11)
})

test('projects and datasets are told apart from other folders', async () => {
  const { allowed } = places()
  make(allowed, 'mine/', 'voc/JPEGImages/', 'table/', 'other/below/')
  writeFileSync(join(allowed, 'mine', 'project.sqlite'), '')
  writeFileSync(join(allowed, 'table', 'labels.csv'), 'image,labels\n')
  const { rows } = await listFolder([allowed], { ...whole, path: allowed })
  expect(rows.map(({ name, project, formats }) => [name, project, ...formats])).toEqual([
    ['mine', true],
    ['other', false],
    ['table', false, 'csv'],
    ['voc', false, 'voc'],
  ])
})

test('path traversal leaves no allowed folder', async () => {
  const { allowed, secret } = places()
  for (const path of [secret, `${allowed}/../secret`, '/', '/etc', `${allowed}-other`])
    await expect(listFolder([allowed], { ...whole, path })).rejects.toThrow(/outside the folders|nothing at/)
  for (const path of ['photos', '../secret', 'a\0b', `${allowed}/a\0b`])
    await expect(listFolder([allowed], { ...whole, path })).rejects.toThrow(/no whole path/)
})

test('a link that leaves the allowed folder is neither shown nor followed', async () => {
  const { allowed, secret } = places()
  make(allowed, 'inside/')
  symlinkSync(secret, join(allowed, 'out'))
  symlinkSync(join(allowed, 'inside'), join(allowed, 'in'))
  symlinkSync(join(allowed, 'nowhere'), join(allowed, 'dangling'))
  const { rows } = await listFolder([allowed], { ...whole, path: allowed })
  expect(rows.map(({ name }) => name)).toEqual(['in', 'inside'])
  await expect(existingInside([allowed], join(allowed, 'out'))).rejects.toThrow(/it is a link to .*secret/)
  await expect(newInside([allowed], join(allowed, 'out', 'project'))).rejects.toThrow(/outside the folders/)
})

test('something new may lie in folders that are still to be made', async () => {
  const { allowed } = places()
  expect(await newInside([allowed], join(allowed, 'a', 'b'))).toBe(join(allowed, 'a', 'b'))
  await expect(newInside([allowed], join(allowed, '..', 'b'))).rejects.toThrow(/outside the folders/)
})

test('a folder that vanished is a sentence', async () => {
  const { allowed } = places()
  await expect(listFolder([allowed], { ...whole, path: join(allowed, 'gone') })).rejects.toThrow(/nothing at .*gone/)
})

test('the folders of a root that is a link are those of where it points', async () => {
  const { allowed, secret } = places()
  const link = join(secret, 'link')
  symlinkSync(allowed, link)
  make(allowed, 'one/')
  const { path, crumbs } = await listFolder([link], { ...whole, path: join(link, 'one') })
  expect([path, crumbs.map(({ name }) => name)]).toEqual([join(allowed, 'one'), ['allowed', 'one']])
})

test.each(['', '   ', '.', '..', '../up', 'a/b', 'a\\b', 'line\nbreak', ' space', 'x'.repeat(300)])(
  'no folder is made under the name %j',
  async name => {
    const { allowed } = places()
    await expect(createFolder([allowed], allowed, name)).rejects.toThrow(/cannot be called/)
    expect(readdirSync(allowed)).toEqual([])
  },
)

test.each(['<img onerror=alert(1)>', 'مشروع', '🐈‍⬛ cats', 'it’s “mine”'])(
  '%s is a folder like any other',
  async name => {
    const { allowed } = places()
    assertFolderName(name)
    expect(await createFolder([allowed], allowed, name)).toBe(join(allowed, name))
    await expect(createFolder([allowed], allowed, name)).rejects.toThrow(/already/)
  },
)
