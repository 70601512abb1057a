import type { Fact } from '../../components/engine/FactList.vue'
import type { EngineStatus, Examination } from '../../stores/engine'
import { engineTexts } from '../../texts/engine'

const texts = engineTexts.facts

/** What is found without opening the engine. */
export function statusFacts({ located, installed, threads, gpu }: EngineStatus): readonly Fact[] {
  return [
    ...(located === null
      ? []
      : [
          { name: texts.library, value: located.library },
          { name: texts.reason, value: located.reason },
        ]),
    ...(gpu.driver === null ? [] : [{ name: texts.gpu, value: `NVIDIA ${gpu.driver}` }]),
    installed.weights
      ? { name: texts.weights, value: texts.weightsThere }
      : { name: texts.weights, value: texts.weightsMissing, tone: 'warned' },
    ...(threads === null ? [] : [{ name: texts.threads, value: texts.threadsOf(threads.engine, threads.pool) }]),
  ]
}

/** What the examination measured. @param photos of the project that is shown; a thousand where none is */
export function measuredFacts({ report }: Examination, photos: number): readonly Fact[] {
  const { machine, engine, gpu, problem, tested } = report
  return [
    ...(problem === undefined ? [] : [{ name: engineTexts.broken, value: problem, tone: 'bad' as const }]),
    ...(engine === undefined ? [] : engineFacts(engine, photos)),
    { name: texts.gpu, value: gpu.reason, ...(gpu.used ? { tone: 'good' as const } : {}) },
    { name: texts.machine, value: texts.machineOf(machine.processor, machine.cores) },
    { name: texts.machineMemory, value: texts.machineMemoryOf(machine.freeMemory, machine.memory) },
    ...(tested ? [] : [{ name: machine.platform, value: texts.untested, tone: 'warned' as const }]),
  ]
}

function engineFacts(engine: NonNullable<Examination['report']['engine']>, photos: number): readonly Fact[] {
  const { version, devices, device, speed, memory, seedsPerThousandPhotos } = engine
  const shortName = (name: string) => name.replace(/^.*device:/, '')
  const others = devices.filter(({ name }) => name !== device.name).map(({ name }) => shortName(name))
  return [
    { name: texts.version, value: `TensorFlow ${version}` },
    { name: texts.device, value: [shortName(device.name), ...others].join(', ') },
    { name: texts.speed, value: texts.speedOf(speed.gigaflops, speed.operation) },
    { name: texts.memory, value: texts.memoryOf(memory.process, memory.peakProcess) },
    { name: texts.estimate, value: texts.estimateOf(photos, seedsPerThousandPhotos * photos) },
  ]
}
