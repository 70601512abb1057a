import type { Command } from 'commander'
import { adviseMethods } from '../../shared/advice/methodAdvice'
import { countOf, percentOf } from '../../shared/text/amounts'
import type { Project } from '../db/open'
import { action, command } from './command'
import { table } from './table'
import { withProject } from './withProject'

/** `maskwright stats`: photos, splits, labels, and how many photos show each class. */
export function statsCommand(): Command {
  return command('stats', 'count photos, labels and masks').action(
    action(async context => {
      await withProject(context, async project => {
        const stats = statsOf(project)
        context.output.result(stats, textOf(stats))
      })
    }),
  )
}

type Stats = ReturnType<typeof statsOf>

function statsOf(project: Project) {
  const { images, hash } = project.dataset()
  const labels = images.reduce((sum, image) => sum + image.labels.length, 0)
  return {
    photos: images.length,
    splits: project.images.splits(),
    labels,
    withoutLabels: images.filter(image => image.labels.length === 0).length,
    masks: project.masks.countTruth(),
    classes: countsOf(project),
    advice: adviseMethods({ photos: images.length, classes: countsOf(project) }),
    datasetHash: hash,
  }
}

function countsOf(project: Project) {
  return project.images.countsPerClass().map(({ name, images }) => ({ name, photos: images }))
}

function textOf({ photos, splits, labels, withoutLabels, masks, classes, advice }: Stats): string {
  if (photos === 0) return 'No photos yet: `maskwright import PATH --format voc|csv|folder|cls-labels`.'
  const inSplits = splits.map(({ split, images }) => `${split} ${images}`).join(', ')
  const perPhoto = (labels / photos).toFixed(2)
  const rows = classes.map(({ name, photos: shown }) => [name, String(shown), percentOf(shown / photos)])
  return [
    `${countOf(photos, 'photo')} (${inSplits}), ${perPhoto} labels a photo, ${withoutLabels} without a label, ` +
      `${countOf(masks, 'ground truth mask')}`,
    '',
    table([{ title: 'class' }, { title: 'photos', align: 'right' }, { title: '%', align: 'right' }], rows),
    ...(advice.length === 0
      ? []
      : ['', 'What is expected to serve these photos (a comparison of runs shows what does):']),
    ...advice.map(({ method, expectation, why }) => `  ${method}: ${expectation}. ${why}`),
  ].join('\n')
}
