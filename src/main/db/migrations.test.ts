import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { listBackups } from './backup'
import { openDatabase } from './database'
import { latestVersion, migrate, migrations } from './migrate'
import { openProject } from './open'

/** What a project of every released schema may hold of photos and masks. */
const rows = `
  INSERT INTO class VALUES (1, 0, 'cat');
  INSERT INTO image VALUES (1, 'a', '/a.jpg', 4, 3, 100, 1, 'aa', 'train'), (2, 'b', '/b.jpg', 4, 3, 100, 1, 'bb', 'val');
  INSERT INTO image_label VALUES (1, 1, 'present', NULL), (2, 1, 'absent', 'present');
  INSERT INTO run (id, name, recipe, seed, split, dataset_hash, state, created_at)
    VALUES (7, 'first', '{}', 1, 'all', 'hash', 'done', 5);
  INSERT INTO mask VALUES (1, 1, 'ground_truth', NULL, 'truth.png', 2, 'accepted', '{"0":12}');
  INSERT INTO mask VALUES (2, 1, 'pseudo', 7, 'pseudo.png', 1, 'unreviewed', '{"0":6,"1":6}');
  INSERT INTO artifact VALUES (7, 'masks', 'labels', 1, 'pseudo.png');
  INSERT INTO setting VALUES ('key', '"value"');`

test.each(migrations.slice(0, 3))('a project of schema $version comes up to date with all it holds', ({ version }) => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'backups'))
  const old = openDatabase(join(folder, 'project.sqlite'), { readOnly: false })
  migrate(old, () => undefined, migrations.slice(0, version))
  old.sqlite.exec(rows)
  old.sqlite.close()
  const project = openProject(folder)
  onTestFinished(() => project.close())
  expect(project.schema).toBe(latestVersion)
  expect(listBackups(join(folder, 'backups')).length).toBeGreaterThan(0)
  expect(project.masks.truth(1)).toMatchObject({ blob: 'truth.png', version: 2, review: 'accepted', pixels: { 0: 12 } })
  expect(project.labels.presentPlaces()).toEqual(new Map([[1, [0]], [2, [0]]])) // prettier-ignore
  expect(project.artifacts.listForStep(7, 'masks', 'labels')).toMatchObject([{ imageId: 1, blob: 'pseudo.png' }])
  expect(project.photos.ids({ review: 'unreviewed' })).toEqual(Uint32Array.of(1, 2))
  project.corrections.begin(1, { blob: 'pseudo.png', source: { run: 7, step: 'masks' } })
  project.decisions.decide([{ imageId: 1, start: null }], 'unsure', false)
  expect(project.photos.ids({ review: 'unsure' })).toEqual(Uint32Array.of(1))
})

test('deleting a run leaves what was accepted of it, and its blob', () => {
  const project = openProject(temporaryFolder(), { create: true })
  onTestFinished(() => project.close())
  const photo = { path: '/a.jpg', width: 4, height: 3, bytes: 1, mtimeMs: 1, sha256: 'a', split: 'train' }
  project.imports.store(['cat'], [{ stem: 'a', ...photo, present: [], unknown: [] }])
  const { id } = project.runs.create({ name: 'a', recipe: {}, seed: 1, split: 'all', datasetHash: '', steps: [] })
  const blobs = ['accepted.png', 'saved.png', 'begun.png', 'own.png']
  project.artifacts.record(blobs.map((blob, i) => ({ runId: id, step: `s${i}`, kind: 'labels', imageId: 1, blob })))
  project.corrections.begin(1, { blob: 'begun.png', source: { run: id, step: 's2' } })
  const save = (blob: string, base: number) => project.corrections.save(1, { blob, pixels: {}, base })
  save('saved.png', 0)
  save('accepted.png', 1)
  expect(project.artifacts.ownBlobs(id)).toEqual(['own.png'])
  project.runs.remove(id)
  expect(project.corrections.find(1)).toMatchObject({ blob: 'accepted.png', sourceRun: null, sourceStep: 's2' })
})

/** A photo with two saved masks, the second of which stands, and one whose first mask was brought back over two others. */
const versionsOfSchema7 = `
  INSERT INTO image VALUES (1, 'a', '/a.jpg', 4, 3, 100, 1, 'aa', 'train'), (2, 'b', '/b.jpg', 4, 3, 100, 1, 'bb', 'val');
  INSERT INTO run (id, name, recipe, seed, split, dataset_hash, state, created_at)
    VALUES (7, 'first', '{}', 1, 'all', 'hash', 'done', 5);
  INSERT INTO mask VALUES (1, 1, 'edited', NULL, 'a2.png', 2, 'edited', '{}', 7, 'masks', 'made.png');
  INSERT INTO mask VALUES (2, 2, 'edited', NULL, 'b1.png', 4, 'unreviewed', '{}', 7, 'masks', 'made.png');
  INSERT INTO mask VALUES (3, 2, 'ground_truth', NULL, 'truth.png', 1, 'accepted', '{}', NULL, NULL, NULL);
  INSERT INTO mask_version VALUES (1, 1, 'a1.png', 'saved', NULL, 10), (1, 2, 'a2.png', 'saved', NULL, 20);
  INSERT INTO mask_version VALUES (2, 1, 'b1.png', 'saved', NULL, 10), (2, 2, 'b2.png', 'saved', NULL, 20),
    (2, 3, 'b3.png', 'saved', NULL, 30), (2, 4, 'b1.png', 'restored', 1, 40);`

test('of versions saved before schema 8 only the one that stands says what it was made from', () => {
  const folder = temporaryFolder()
  mkdirSync(join(folder, 'backups'))
  const old = openDatabase(join(folder, 'project.sqlite'), { readOnly: false })
  migrate(old, () => undefined, migrations.slice(0, 7))
  old.sqlite.exec(versionsOfSchema7)
  old.sqlite.close()
  const project = openProject(folder)
  onTestFinished(() => project.close())
  const origins = (image: number) => project.corrections.versions(image, 9).map(({ origin }) => origin)
  expect(origins(1)).toEqual([{ run: 7, step: 'masks', blob: 'made.png' }, 'unknown'])
  expect(origins(2)).toEqual(['unknown', 'unknown', 'unknown', 'unknown'])
  const known = [1, 2, 3].map(id => project.corrections.find(id)?.sourceKnown)
  expect(known).toEqual([true, false, undefined])
  const restored = project.corrections.restore(1, 1, 2)
  expect(restored).toMatchObject({ blob: 'a1.png', review: 'edited', sourceBlob: 'made.png', sourceKnown: false })
  expect(origins(1)).toEqual(['unknown', { run: 7, step: 'masks', blob: 'made.png' }, 'unknown'])
  expect(project.corrections.restore(1, 0, 3)).toMatchObject({
    blob: 'made.png',
    review: 'accepted',
    sourceKnown: true,
  })
  expect(() => project.corrections.restore(2, 9, 4)).toThrow(/has no version 9/)
})
