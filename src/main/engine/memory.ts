import type { MemoryUse } from '../../shared/contract/engine'
import type { TensorFlowBinding } from './binding'

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
