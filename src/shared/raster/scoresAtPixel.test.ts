import { expect, test } from 'vitest'
import { scoresAtPhotoSize } from './labelsFromScores'
import { scoresAtPixel } from './scoresAtPixel'

test('every pixel has the scores of the resized maps, to the last bit', () => {
  const [width, height] = [7, 5]
  const maps = Float32Array.from({ length: 3 * width * height }, (_, i) => ((i * 7919 + 13) % 1009) / 1009)
  const grid = { keys: Int32Array.of(1, 4, 9), maps, width, height }
  const photo = { width: 26, height: 19 }
  const whole = scoresAtPhotoSize(grid, photo)
  const pixels = photo.width * photo.height
  for (let i = 0; i < pixels; i++) {
    const here = scoresAtPixel(grid, photo, i % photo.width, Math.floor(i / photo.width))
    expect([...here]).toEqual([whole[i], whole[pixels + i], whole[2 * pixels + i]])
  }
})

test('a photo without maps has no scores', () => {
  const grid = { keys: new Int32Array(), maps: new Float32Array(), width: 2, height: 2 }
  expect(scoresAtPixel(grid, { width: 4, height: 4 }, 3, 3)).toHaveLength(0)
})
