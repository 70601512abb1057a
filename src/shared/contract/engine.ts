/** What TensorFlow computes on. */
export interface Device {
  /** TensorFlow's full name, e.g. `/job:localhost/replica:0/task:0/device:CPU:0`. */
  readonly name: string
  readonly type: string
  /** Bytes TensorFlow may take on the device. */
  readonly memory: number
}

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

/** How fast the engine computes. */
export interface Speed {
  /** 10⁹ float32 operations a second of a convolution, the best of its runs. */
  readonly gigaflops: number
  readonly milliseconds: number
  /** What was measured, in words. */
  readonly operation: string
}

/** What an engine that was opened says of itself. */
export interface EngineReport {
  /** Folder of libtensorflow_cc.so.2. */
  readonly library: string
  /** Why this one. */
  readonly reason: string
  readonly version: string
  /** The device that computes. */
  readonly device: Device
  readonly devices: readonly Device[]
  readonly speed: Speed
  /** Seconds for CAM and LPCAM of 1,000 photos of 480×640 px at four scales. */
  readonly seedsPerThousandPhotos: number
  readonly memory: MemoryUse
}

/** Everything `maskwright engine doctor` and the engine screen say, as data. Memory is in bytes. */
export interface DoctorReport {
  readonly machine: {
    readonly platform: string
    readonly node: string
    readonly processor: string
    readonly cores: number
    readonly memory: number
    readonly freeMemory: number
  }
  /** Linux x86-64 is what is tested. */
  readonly tested: boolean
  readonly threads: { readonly engine: number; readonly pool: number }
  readonly gpu: { readonly used: boolean; readonly reason: string }
  readonly engine: EngineReport | undefined
  /** What is missing and the command that brings it; undefined when the engine runs. */
  readonly problem: string | undefined
}
