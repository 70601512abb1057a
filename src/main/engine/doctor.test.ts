import { expect, test } from 'vitest'
import { currentEngine } from './current'
import { examine } from './doctor'
import { doctorText } from './doctorText'

const threads = { engine: 2, pool: 1 }

test('examines the engine as a run would open it, and closes it again', () => {
  const report = examine({ device: 'cpu', threads })
  expect(report.problem).toBeUndefined()
  expect(report.engine).toMatchObject({
    device: { type: 'CPU' },
    version: expect.stringMatching(/^2\.\d+\.\d+/) as string,
  })
  expect(report.engine!.speed.gigaflops).toBeGreaterThan(0)
  expect(report.engine!.memory.process).toBeGreaterThan(0)
  expect(() => currentEngine()).toThrow('no engine is open')
  const text = doctorText(report)
  expect(text).toMatch(/^speed +\d+ GFLOPS \(3×3 convolution/m)
  expect(text).toMatch(/^GPU +\S/m)
})

test('without an engine it says what is missing and the command that brings it', () => {
  const report = examine({ device: 'cpu', threads }, { MASKWRIGHT_DATA: '/nonexistent' })
  expect(report.engine).toBeUndefined()
  expect(doctorText(report)).toMatch(/^problem +No TensorFlow engine is installed. Run `maskwright engine install`\.$/m)
})
