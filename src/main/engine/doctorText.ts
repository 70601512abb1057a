import type { DoctorReport, EngineReport } from '../../shared/contract/engine'
import { bytesText, durationText } from '../../shared/text/amounts'

/** The doctor's report as aligned lines for a terminal. */
export function doctorText(report: DoctorReport): string {
  const { machine, threads, engine } = report
  const rows: [string, string][] = [
    ['machine', `${machine.processor}, ${machine.cores} cores, ${machine.platform}, Node ${machine.node}`],
    ['memory', `${bytesText(machine.memory)}, ${bytesText(machine.freeMemory)} free`],
    ['threads', `${threads.engine} in the engine, ${threads.pool} in the pool`],
    ...(engine === undefined ? [] : engineRows(engine)),
    ['GPU', report.gpu.used ? `used: ${report.gpu.reason}` : report.gpu.reason],
  ]
  if (report.problem !== undefined) rows.push(['problem', report.problem])
  if (!report.tested)
    rows.push([
      'platform',
      'Linux on x86-64 is what is tested. A Linux machine can compute for this one: `maskwright serve` there, over SSH.',
    ])
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `${name.padEnd(width)}  ${text}`).join('\n')
}

function engineRows(engine: EngineReport): [string, string][] {
  const { speed, memory, device } = engine
  return [
    ['engine', `TensorFlow ${engine.version}, ${engine.library} (${engine.reason})`],
    ['device', `${shortName(device.name)}; devices: ${engine.devices.map(({ name }) => shortName(name)).join(', ')}`],
    ['speed', `${speed.gigaflops.toFixed(0)} GFLOPS (${speed.operation}, ${speed.milliseconds.toFixed(0)} ms)`],
    ['in use', `${bytesText(memory.process)} by this process, at most ${bytesText(memory.peakProcess)} so far`],
    [
      'estimate',
      `CAM and LPCAM, 1,000 photos of 480×640 at four scales: about ${durationText(engine.seedsPerThousandPhotos * 1000)}`,
    ],
  ]
}

/** `/job:localhost/replica:0/task:0/device:CPU:0` → `CPU:0` */
function shortName(device: string): string {
  return device.replace(/^.*device:/, '')
}
