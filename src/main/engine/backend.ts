import { createRequire } from 'node:module'
import util from 'node:util'
import type * as tfjs from '@tensorflow/tfjs'
import type { Device } from '../../shared/contract/engine'
import { WorkbenchError } from '../../shared/errors'
import { TensorFlowBinding } from './binding'
import { setCurrentEngine } from './current'
import { configProto, defaultEngineOptions, type EngineOptions } from './contextConfig'
import { gpuObstacle, hasNvidiaDevice, nvidiaDriver, preloadCuda } from './cuda'
import { openLibrary, type NativeLibrary } from './library'

/** A running TensorFlow: tfjs with our backend registered, the binding beneath it, and what it runs on. */
export interface Engine {
  readonly tf: typeof tfjs
  readonly binding: TensorFlowBinding
  readonly backend: NodeBackend
  readonly version: string
  readonly device: Device
  readonly devices: readonly Device[]
  readonly close: () => void
}

/** The part of tfjs's `NodeJSKernelBackend` that we call. */
export interface NodeBackend {
  executeSingleOutput(name: string, attributes: readonly object[], inputs: readonly tfjs.TensorInfo[]): tfjs.Tensor
  executeMultipleOutputs(
    name: string,
    attributes: readonly object[],
    inputs: readonly tfjs.TensorInfo[],
    outputs: number,
  ): tfjs.Tensor[]
  createOutputTensor(metadata: { id: number; shape: number[]; dtype: number }): tfjs.Tensor
  getInputTensorIds(tensors: readonly tfjs.TensorInfo[]): number[]
}

export interface OpenOptions extends Partial<EngineOptions> {
  /** Folder that holds libtensorflow_cc.so.2. */
  readonly library: string
  /** 'gpu' stops with the reason when no GPU is usable: TensorFlow itself would fall back to the CPU in silence. */
  readonly require: 'cpu' | 'gpu'
}

/** Loads CommonJS modules: tfjs and its kernels must be one and the same copy of `@tensorflow/tfjs`. */
const load = createRequire(import.meta.url)

/**
 * Opens libtensorflow and registers it as tfjs's backend `tensorflow`. Call once per thread.
 * @throws ENGINE_MISSING with the reason when the library does not load or no required GPU is found
 */
export function openEngine(options: OpenOptions): Engine {
  const settings: EngineOptions = { ...defaultEngineOptions, ...options }
  const failed = options.require === 'gpu' ? preloadCuda(options.library) : []
  const library = openLibrary(options.library)
  const { context, devices } = newContext(library, settings)
  const device = chooseDevice(devices, options.require)
  if (device === undefined) {
    library.TFE_DeleteContext(context)
    throw noDevice(options.require, failed)
  }
  const binding = new TensorFlowBinding(library, context, { name: device.name, gpu: device.type === 'GPU' })
  const { tf, backend } = registerBackend(binding)
  const engine: Engine = {
    tf,
    binding,
    backend,
    version: binding.TF_Version,
    device,
    devices,
    close: () => {
      setCurrentEngine(undefined)
      tf.removeBackend('tensorflow')
      binding.close()
    },
  }
  setCurrentEngine(engine)
  return engine
}

function newContext(library: NativeLibrary, settings: EngineOptions): { context: number; devices: Device[] } {
  const status = library.TF_NewStatus()
  const options = library.TFE_NewContextOptions()
  try {
    const config = configProto(settings)
    library.TFE_ContextOptionsSetConfig(options, config, config.length, status)
    // TFE_DEVICE_PLACEMENT_SILENT: operations without a GPU kernel (strings, shapes) may run on the CPU.
    library.TFE_ContextOptionsSetDevicePlacementPolicy(options, 2)
    const context = library.TFE_NewContext(options, status)
    if (library.TF_GetCode(status) !== 0)
      throw new WorkbenchError('ENGINE_FAILED', `TensorFlow does not start: ${library.TF_Message(status)}`)
    return { context, devices: listDevices(library, context, status) }
  } finally {
    library.TFE_DeleteContextOptions(options)
    library.TF_DeleteStatus(status)
  }
}

function listDevices(library: NativeLibrary, context: number, status: number): Device[] {
  const list = library.TFE_ContextListDevices(context, status)
  try {
    return Array.from({ length: library.TF_DeviceListCount(list) }, (_, i) => ({
      name: library.TF_DeviceListName(list, i, status),
      type: library.TF_DeviceListType(list, i, status),
      memory: library.TF_DeviceListMemoryBytes(list, i, status),
    }))
  } finally {
    library.TF_DeleteDeviceList(list)
  }
}

function chooseDevice(devices: readonly Device[], wanted: 'cpu' | 'gpu'): Device | undefined {
  return devices.find(({ type }) => type === wanted.toUpperCase())
}

function noDevice(wanted: 'cpu' | 'gpu', failed: readonly string[]): WorkbenchError {
  if (wanted === 'cpu') return new WorkbenchError('ENGINE_MISSING', 'TensorFlow lists no CPU device.')
  const facts = { device: hasNvidiaDevice(), driver: nvidiaDriver(), engine: true, failed }
  const message = `TensorFlow sees no usable GPU. ${gpuObstacle(facts)} Or set engine.device to cpu.`
  return new WorkbenchError('ENGINE_MISSING', message)
}

function registerBackend(binding: TensorFlowBinding): { tf: typeof tfjs; backend: NodeBackend } {
  // Node 23 removed two functions that tfjs 4.22's backend still calls.
  const legacy = util as unknown as Record<string, unknown>
  legacy['isNullOrUndefined'] ??= (value: unknown) => value === null || value === undefined
  legacy['isArray'] ??= Array.isArray
  const tf = load('@tensorflow/tfjs') as typeof tfjs
  load('@tensorflow/tfjs-node-gpu/dist/register_all_kernels')
  const { NodeJSKernelBackend } = load('@tensorflow/tfjs-node-gpu/dist/nodejs_kernel_backend') as {
    NodeJSKernelBackend: new (binding: TensorFlowBinding, packageName: string) => tfjs.KernelBackend & NodeBackend
  }
  const backend = new NodeJSKernelBackend(binding, '@tensorflow/tfjs-node-gpu')
  tf.registerBackend('tensorflow', () => backend, 10)
  tf.setBackend('tensorflow')
  return { tf, backend }
}
