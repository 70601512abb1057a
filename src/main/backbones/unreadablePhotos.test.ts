import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { testEngine } from '../../../tests/helpers/engine'
import { syntheticWeights } from '../../../tests/helpers/syntheticWeights'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { tinyArchitecture } from '../../../tests/helpers/tinyArchitecture'
import type { PoolClient, TaskInput, TaskName, TaskOutput } from '../pool/poolClient'
import { runTask } from '../pool/tasks'
import { expectedWeights } from './architecture'
import { openFeatures, openTapFeatures } from './openFeatures'

let asked = 0
/** Fails the sooner the later it is asked, as a disk may. */
const pool: PoolClient = {
  threads: 1,
  run: async <Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> => {
    await setTimeout(Math.max(0, 40 - 20 * asked++))
    return await runTask(name, input)
  },
}
const missing = ['one', 'two'].map((stem, i) => ({
  ...{
    id: i + 1,
    stem,
    path: join(temporaryFolder(), `${stem}.jpg`),
    width: 96,
    height: 72,
    labels: [0],
    sha256: stem,
  },
}))

test('photos that cannot be read are listed once and in order, however often they are asked for', async () => {
  testEngine()
  const architecture = tinyArchitecture(true)
  const trunk = { architecture, trunkWeights: syntheticWeights(expectedWeights(architecture)), trunkHash: 'tiny' }
  const log: string[] = []
  const context = {
    cacheFolder: temporaryFolder(),
    cacheBudget: 1e6,
    pool,
    signal: new AbortController().signal,
    log: (line: string) => log.push(line),
  }
  const whole = await openFeatures({ ...trunk, longestSide: 96 }, context)
  for (let pass = 0; pass < 2; pass++)
    for await (const photo of whole.source.stream(missing, { scales: [1], mirrored: false }))
      throw new Error(`${photo.image.stem} should not be there`)
  const taps = await openTapFeatures({ ...trunk, longestSide: 96 }, { taps: [], colours: false }, context)
  for (const photo of [...missing, ...missing])
    expect(await taps.source.read(photo, [{ scale: 1, copies: 'straight' }])).toBeUndefined()
  for (const { source, close } of [whole, taps]) {
    expect(source.statistics.unreadable.map(({ image }) => image.stem)).toEqual(['one', 'two'])
    log.length = 0
    close()
    expect(log.filter(line => line.startsWith('left out'))).toHaveLength(2)
  }
})
