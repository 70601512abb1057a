import type { TensorFlowBinding } from './binding'

/** Memory of this process and of its engine, in bytes. */
export interface MemoryUse {
  /** What the process holds in physical memory now, TensorFlow's own workspace included. */
  readonly process: number
  /** The most the process ever held. */
  readonly peakProcess: number
  /** JavaScript values and typed arrays. */
  readonly javascript: number
  /** Tensors that TensorFlow holds for us now; 0 without an engine. */
  readonly tensors: number
  /** The most it held since the engine opened or `binding.resetPeak()`. */
  readonly peakTensors: number
}

/** Reads the memory in use. The tensors of a CPU engine are part of `process`; those of a GPU are not. */
export function memoryUse(binding?: Pick<TensorFlowBinding, 'memory'>): MemoryUse {
  const { rss, heapUsed, external } = process.memoryUsage()
  const tensors = binding?.memory() ?? { bytes: 0, peakBytes: 0 }
  return {
    process: rss,
    // libuv gives kibibytes on every platform (docs of process.resourceUsage).
    peakProcess: Math.max(rss, process.resourceUsage().maxRSS * 1024),
    javascript: heapUsed + external,
    tensors: tensors.bytes,
    peakTensors: tensors.peakBytes,
  }
}
