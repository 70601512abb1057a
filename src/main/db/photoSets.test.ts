import { afterEach, beforeEach, expect, test } from 'vitest'
import { xorshift } from '../../../tests/helpers/fuzz'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { labelStates } from '../../shared/contract/states'
import { LabelHistory } from '../host/labelHistory'
import { openProject, type Project } from './open'

const random = xorshift(11)
const pick = <Item>(items: readonly Item[]): Item => items[random() % items.length]!
const names = ['cat', 'dog', 'cow', 'sheep']
const places = [0, 1, 2, 3]
const file = { width: 4, height: 3, bytes: 100, mtimeMs: 1 }
let project: Project

beforeEach(() => {
  project = openProject(temporaryFolder(), { create: true })
  addPhotos(0, 40)
})
afterEach(() => project.close())

function addPhotos(first: number, count: number): void {
  const photos = Array.from({ length: count }, (_, i) => ({
    ...{ ...file, stem: `photo ${first + i}`, path: `/${first + i}.jpg`, sha256: `hash ${first + i}` },
    ...{ split: pick(['train', 'val']), present: places.filter(() => random() % 3 === 0), unknown: [] },
  }))
  project.imports.store(names, photos)
}

/** Every figure that hangs on labels, as the server keeps it. */
function kept(split: string | undefined) {
  const { photos, classes } = project.stats.classes(split)
  const of = split === undefined ? {} : { split }
  return {
    photos,
    shown: classes.map(({ photos }) => photos),
    pairs: project.stats.coOccurrence(split).photos,
    unlabelled: project.stats.problems(split).unlabelled,
    listed: [...project.photos.ids({ ...of, classes: [0], without: [1] })],
    unlabelledIds: [...project.photos.ids({ ...of, problem: 'unlabelled' }, 'added')],
    byLabels: [...project.photos.ids(of, 'labels')],
  }
}

/** The same, from the rows one by one. */
function counted(split: string | undefined): ReturnType<typeof kept> {
  const present = project.labels.presentPlaces()
  const photos = project.images.all(split).map(({ id, stem }) => ({ id, stem, shown: present.get(id) ?? [] }))
  const showing = (...wanted: number[]) => photos.filter(({ shown }) => wanted.every(place => shown.includes(place)))
  const byName = photos.toSorted((left, right) => (left.stem < right.stem ? -1 : 1))
  const unlabelled = photos.filter(({ shown }) => shown.length === 0)
  return {
    photos: photos.length,
    shown: places.map(place => showing(place).length),
    pairs: places.flatMap(first => places.map(second => showing(first, second).length)),
    unlabelled: unlabelled.length,
    listed: byName.filter(({ shown }) => shown.includes(0) && !shown.includes(1)).map(({ id }) => id),
    unlabelledIds: unlabelled.map(({ id }) => id),
    byLabels: photos.toSorted((left, right) => right.shown.length - left.shown.length).map(({ id }) => id),
  }
}

test('whatever is edited, undone and imported, what is kept is what the rows say', () => {
  const history = new LabelHistory(project.labels)
  for (let round = 0; round < 25; round++) {
    const ids = Array.from({ length: 1 + (random() % 6) }, () => 1 + (random() % project.images.count()))
    const { id: classId, place } = pick(project.classes.list())
    const step = random() % 4
    if (step === 0 && history.state.undo) history.undo()
    else if (step === 1 && history.state.redo) history.redo()
    else history.set([...new Set(ids)], { classId, place }, pick([...labelStates, null]))
    if (round % 10 === 7) addPhotos(100 + round, 3)
    for (const split of [undefined, 'train', 'val']) expect(kept(split)).toEqual(counted(split))
  }
})

test('a photo that moves to another split is counted there', () => {
  expect(kept('val')).toEqual(counted('val'))
  for (const id of project.photos.ids({ split: 'train' }).slice(0, 5)) project.images.update(id, { split: 'val' })
  for (const split of ['train', 'val']) expect(kept(split)).toEqual(counted(split))
})

test('labels that another program wrote are seen', () => {
  expect(kept('val')).toEqual(counted('val'))
  const watcher = openProject(project.folder, { readOnly: true })
  const photos = () => watcher.stats.classes().classes.map(({ photos }) => photos)
  const before = photos()
  const absent = project.photos.ids({ without: [2] })[0]!
  project.labels.correct(absent, project.classes.list()[2]!.id, 'present')
  expect(photos()).toEqual(before.map((count, place) => (place === 2 ? count + 1 : count)))
  watcher.close()
})
