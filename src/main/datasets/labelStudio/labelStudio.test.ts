import { beforeEach, expect, test } from 'vitest'
import { importOf } from '../../../../tests/helpers/importOf'
import { TinyDataset } from '../../../../tests/helpers/tinyDataset'
import { decodeBrush } from './brushRle'

let data: TinyDataset

beforeEach(async () => {
  data = new TinyDataset()
  await data.photo('images/a.jpg')
})

// label-studio-converter's own example: four pixels, the middle two of which are painted.
const brush = [0, 0, 0, 16, 57, 27, 252, 96, 19, 255, 198, 0]

test('a brush unpacks to the alpha of its pixels, whose number must be the photo’s', () => {
  expect([...decodeBrush(brush, 4)]).toEqual([0, 1, 1, 0])
  expect(() => decodeBrush(brush, 5)).toThrow('its brush has 16 values, 5 pixels need 20')
  expect(() => decodeBrush(brush.slice(0, 9), 4)).toThrow('breaks off')
})

/** The format's plainest stream: one block of values as they are, each pixel's four channels the same. */
function literalBrush(mask: Uint8Array): number[] {
  const bits = (value: number, count: number) => value.toString(2).padStart(count, '0')
  const values = [...mask].map(value => bits(255 * value, 8).repeat(4))
  const [wordSize, sizes, block] = [bits(7, 5), [2, 3, 7, 15].map(size => bits(size, 4)), `0${bits(3, 2)}`]
  const length = mask.length * 4
  const stream = [bits(length, 32), wordSize, ...sizes, block, bits(length - 1, 16), ...values].join('')
  return (stream.match(/.{1,8}/g) ?? []).map(byte => parseInt(byte.padEnd(8, '0'), 2))
}

const task = (result: readonly object[]) =>
  data.file(
    'project.json',
    JSON.stringify([{ data: { image: '/data/upload/1/0a1b2c3d-a.jpg' }, annotations: [{ result }] }]),
  )
const drawn = { original_width: 6, original_height: 4, image_rotation: 0 }
const rectangle = { x: 50, y: 0, width: 50, height: 50, rectanglelabels: ['cat'] }

test('rectangles and polygons are percentages', async () => {
  const polygon = { points: [[0, 50], [50, 50], [50, 100], [0, 100]], polygonlabels: ['dog'] } // prettier-ignore
  const path = task([
    { ...drawn, type: 'rectanglelabels', value: rectangle },
    { ...drawn, type: 'polygonlabels', value: polygon },
  ])
  const { photos } = await importOf({ format: 'label-studio', path })
  // prettier-ignore
  expect(photos.get('a')).toEqual({ labels: ['cat', 'dog'], mask: [
    0, 0, 0, 1, 1, 1,
    0, 0, 0, 1, 1, 1,
    2, 2, 2, 0, 0, 0,
    2, 2, 2, 0, 0, 0] })
})

test('a brush with a hole keeps it: no outline is drawn round it', async () => {
  const ring = Uint8Array.of(1, 1, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0)
  const path = task([{ ...drawn, type: 'brushlabels', value: { rle: literalBrush(ring), brushlabels: ['cat'] } }])
  const { photos } = await importOf({ format: 'label-studio', path })
  expect(photos.get('a')?.mask).toEqual([...ring])
})

test.each([
  ['1e999', 'value.points.0.0 must be a number'],
  ['1e12', 'has the coordinate 60000000000, and the photo is 6×4'],
  ['"left"', 'value.points.0.0 must be a number, got "left"'],
])('a corner at %s is told, and the photo keeps its labels', async (x, sentence) => {
  const polygon = `{ "points": [[${x}, 0], [9, 9], [0, 9]], "polygonlabels": ["dog"] }`
  const result = `[{ "type": "polygonlabels", "value": ${polygon} }, { "type": "choices", "value": { "choices": [] } }]`
  const path = data.file('project.json', `[{ "data": { "image": "a.jpg" }, "annotations": [{ "result": ${result} }] }]`)
  const { report, photos } = await importOf({ format: 'label-studio', path })
  expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining(sentence) as string }])
  expect(photos.get('a')).toEqual({ labels: ['dog'], mask: undefined })
})

test('a name with a bare % in it is taken as it stands', async () => {
  await data.photo('images/100%.jpg', { shade: 5 })
  const tasks = [{ data: { image: 'images/100%.jpg' }, annotations: [{ result: [{ type: 'r', value: rectangle }] }] }]
  const { photos } = await importOf({ format: 'label-studio', path: data.file('p.json', JSON.stringify(tasks)) })
  expect(photos.get('100%')?.labels).toEqual(['cat'])
})

test('a photo that was rotated keeps no mask', async () => {
  const path = task([{ ...drawn, image_rotation: 90, type: 'rectanglelabels', value: rectangle }])
  const { report, photos } = await importOf({ format: 'label-studio', path })
  expect(report.skipped).toMatchObject([{ what: 'mask', reason: expect.stringContaining('rotated') as string }])
  expect(photos.get('a')?.labels).toEqual(['cat'])
})
