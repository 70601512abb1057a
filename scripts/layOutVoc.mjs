/**
 * Lays out the photos that the measurements stand on (docs/measurements/README.md), from a copy of PASCAL VOC 2012:
 * `node scripts/layOutVoc.mjs VOCdevkit/VOC2012 FOLDER`. A photo's labels are the classes of its mask.
 */
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { decode } from 'fast-png'

/** VOC's classes: value 1 of a mask is the first. */
const classes = [
  ...['aeroplane', 'bicycle', 'bird', 'boat', 'bottle', 'bus', 'car', 'cat', 'chair', 'cow', 'diningtable', 'dog'],
  ...['horse', 'motorbike', 'person', 'pottedplant', 'sheep', 'sofa', 'train', 'tvmonitor'],
]

const [source, folder] = process.argv.slice(2)
if (source === undefined || folder === undefined) {
  console.error('Say from where to where: node scripts/layOutVoc.mjs VOCdevkit/VOC2012 FOLDER')
  process.exit(2)
}
const list = new URL('../docs/measurements/voc-animals.txt', import.meta.url)
for (const part of ['JPEGImages', 'SegmentationClass', 'ImageSets/Segmentation'])
  mkdirSync(join(folder, part), { recursive: true })
const names = readFileSync(list, 'utf8').trim().split('\n')
const rows = names.map(name => {
  const mask = join('SegmentationClass', `${name}.png`)
  for (const file of [join('JPEGImages', `${name}.jpg`), mask]) copyFileSync(join(source, file), join(folder, file))
  const values = new Set(decode(readFileSync(join(folder, mask))).data)
  return `${name}.jpg,${classes.filter((_, place) => values.has(place + 1)).join(';')}`
})
writeFileSync(join(folder, 'image_labels.csv'), `image,labels\n${rows.join('\n')}\n`)
copyFileSync(list, join(folder, 'ImageSets', 'Segmentation', 'train.txt'))
console.log(`${names.length} photos in ${folder}`)
