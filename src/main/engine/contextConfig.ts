/** How TensorFlow is to run in this process. Threads of 0 leave the choice to TensorFlow. */
export interface EngineOptions {
  readonly intraOpThreads: number
  readonly interOpThreads: number
  /** Take device memory as needed instead of all at once. */
  readonly memoryGrowth: boolean
  /** Share of the device's memory that may be taken, in (0, 1]; 0 leaves it to TensorFlow. */
  readonly memoryFraction: number
  /** Which GPUs are seen, as in CUDA_VISIBLE_DEVICES: '0', '0,1'; '' for all. */
  readonly visibleDevices: string
}

export const defaultEngineOptions: EngineOptions = {
  intraOpThreads: 0,
  interOpThreads: 1, // our operations run one after the other: a second pool would only fight for the cores
  memoryGrowth: true,
  memoryFraction: 0,
  visibleDevices: '',
}

/**
 * The bytes of TensorFlow's ConfigProto for `TFE_ContextOptionsSetConfig`, written by hand: five fields of one
 * message are no reason for a protobuf runtime (tensorflow/core/protobuf/config.proto: ConfigProto
 * intra_op_parallelism_threads 2, inter_op_parallelism_threads 5, gpu_options 6; GPUOptions
 * per_process_gpu_memory_fraction 1, allow_growth 4, visible_device_list 5).
 */
export function configProto(options: EngineOptions): Uint8Array {
  const gpu = [
    ...(options.memoryFraction > 0 ? [tag(1, 1), ...float64(options.memoryFraction)] : []),
    ...(options.memoryGrowth ? [tag(4, 0), 1] : []),
    ...(options.visibleDevices === '' ? [] : [tag(5, 2), ...lengthDelimited(Buffer.from(options.visibleDevices))]),
  ]
  return Uint8Array.from([
    ...(options.intraOpThreads > 0 ? [tag(2, 0), ...varint(options.intraOpThreads)] : []),
    ...(options.interOpThreads > 0 ? [tag(5, 0), ...varint(options.interOpThreads)] : []),
    ...(gpu.length > 0 ? [tag(6, 2), ...lengthDelimited(gpu)] : []),
  ])
}

/** A field's key: its number and its wire type (0 varint, 1 eight bytes, 2 length-delimited). */
function tag(field: number, wireType: number): number {
  return (field << 3) | wireType
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 127) {
    bytes.push((rest & 127) | 128)
    rest >>>= 7
  }
  return [...bytes, rest]
}

function lengthDelimited(bytes: ArrayLike<number>): number[] {
  return [...varint(bytes.length), ...Array.from(bytes)]
}

function float64(value: number): number[] {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return [...bytes]
}
