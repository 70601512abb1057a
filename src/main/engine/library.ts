import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import koffi from 'koffi'
import { WorkbenchError } from '../../shared/errors'
import { keepLoaded } from './keepLoaded'
import { setNativeEnvironment } from './nativeEnvironment'

/**
 * The C API of TensorFlow (tensorflow/c/c_api.h, c/eager/c_api.h, c/tf_tensor.h, c/tf_tstring.h) as plain functions.
 *
 * Every pointer is a number: `uintptr_t` and a pointer travel in the same register on the platforms we run on, and
 * user-space addresses stay below 2^47, so no wrapper object is made per handle. `void *` parameters take a typed
 * array or a Buffer whose memory the call reads or writes.
 */
const signatures = {
  TF_Version: 'str TF_Version()',
  TF_NewStatus: 'uintptr_t TF_NewStatus()',
  TF_DeleteStatus: 'void TF_DeleteStatus(uintptr_t status)',
  TF_GetCode: 'int TF_GetCode(uintptr_t status)',
  TF_Message: 'str TF_Message(uintptr_t status)',
  TF_AllocateTensor: 'uintptr_t TF_AllocateTensor(int dtype, void *dims, int rank, size_t bytes)',
  TF_DeleteTensor: 'void TF_DeleteTensor(uintptr_t tensor)',
  TF_TensorData: 'uintptr_t TF_TensorData(uintptr_t tensor)',
  TF_TensorByteSize: 'size_t TF_TensorByteSize(uintptr_t tensor)',
  TF_StringInit: 'void TF_StringInit(uintptr_t string)',
  TF_StringCopy: 'void TF_StringCopy(uintptr_t string, void *source, size_t bytes)',
  TF_StringGetDataPointer: 'uintptr_t TF_StringGetDataPointer(uintptr_t string)',
  TF_StringGetSize: 'size_t TF_StringGetSize(uintptr_t string)',
  TF_StringDealloc: 'void TF_StringDealloc(uintptr_t string)',
  TF_DeviceListCount: 'int TF_DeviceListCount(uintptr_t list)',
  TF_DeviceListName: 'str TF_DeviceListName(uintptr_t list, int index, uintptr_t status)',
  TF_DeviceListType: 'str TF_DeviceListType(uintptr_t list, int index, uintptr_t status)',
  TF_DeviceListMemoryBytes: 'int64_t TF_DeviceListMemoryBytes(uintptr_t list, int index, uintptr_t status)',
  TF_DeleteDeviceList: 'void TF_DeleteDeviceList(uintptr_t list)',
  TFE_NewContextOptions: 'uintptr_t TFE_NewContextOptions()',
  TFE_DeleteContextOptions: 'void TFE_DeleteContextOptions(uintptr_t options)',
  TFE_ContextOptionsSetConfig:
    'void TFE_ContextOptionsSetConfig(uintptr_t options, void *bytes, size_t length, uintptr_t status)',
  TFE_ContextOptionsSetDevicePlacementPolicy:
    'void TFE_ContextOptionsSetDevicePlacementPolicy(uintptr_t options, int policy)',
  TFE_NewContext: 'uintptr_t TFE_NewContext(uintptr_t options, uintptr_t status)',
  TFE_DeleteContext: 'void TFE_DeleteContext(uintptr_t context)',
  TFE_ContextListDevices: 'uintptr_t TFE_ContextListDevices(uintptr_t context, uintptr_t status)',
  TFE_NewTensorHandle: 'uintptr_t TFE_NewTensorHandle(uintptr_t tensor, uintptr_t status)',
  TFE_DeleteTensorHandle: 'void TFE_DeleteTensorHandle(uintptr_t handle)',
  TFE_TensorHandleDataType: 'int TFE_TensorHandleDataType(uintptr_t handle)',
  TFE_TensorHandleNumDims: 'int TFE_TensorHandleNumDims(uintptr_t handle, uintptr_t status)',
  TFE_TensorHandleDim: 'int64_t TFE_TensorHandleDim(uintptr_t handle, int index, uintptr_t status)',
  TFE_TensorHandleResolve: 'uintptr_t TFE_TensorHandleResolve(uintptr_t handle, uintptr_t status)',
  TFE_NewOp: 'uintptr_t TFE_NewOp(uintptr_t context, void *name, uintptr_t status)',
  TFE_DeleteOp: 'void TFE_DeleteOp(uintptr_t op)',
  TFE_OpSetDevice: 'void TFE_OpSetDevice(uintptr_t op, void *device, uintptr_t status)',
  TFE_OpAddInput: 'void TFE_OpAddInput(uintptr_t op, uintptr_t handle, uintptr_t status)',
  TFE_OpSetAttrString: 'void TFE_OpSetAttrString(uintptr_t op, void *name, void *value, size_t length)',
  TFE_OpSetAttrInt: 'void TFE_OpSetAttrInt(uintptr_t op, void *name, int64_t value)',
  TFE_OpSetAttrFloat: 'void TFE_OpSetAttrFloat(uintptr_t op, void *name, float value)',
  TFE_OpSetAttrBool: 'void TFE_OpSetAttrBool(uintptr_t op, void *name, uint8_t value)',
  TFE_OpSetAttrType: 'void TFE_OpSetAttrType(uintptr_t op, void *name, int value)',
  TFE_OpSetAttrShape: 'void TFE_OpSetAttrShape(uintptr_t op, void *name, void *dims, int rank, uintptr_t status)',
  TFE_OpSetAttrIntList: 'void TFE_OpSetAttrIntList(uintptr_t op, void *name, void *values, int count)',
  TFE_OpSetAttrFloatList: 'void TFE_OpSetAttrFloatList(uintptr_t op, void *name, void *values, int count)',
  TFE_OpSetAttrBoolList: 'void TFE_OpSetAttrBoolList(uintptr_t op, void *name, void *values, int count)',
  TFE_OpSetAttrTypeList: 'void TFE_OpSetAttrTypeList(uintptr_t op, void *name, void *values, int count)',
  TFE_OpSetAttrStringList:
    'void TFE_OpSetAttrStringList(uintptr_t op, void *name, const char **values, void *lengths, int count)',
  TFE_Execute: 'void TFE_Execute(uintptr_t op, void *outputs, void *count, uintptr_t status)',
} as const

type Signatures = typeof signatures
type Returns<S extends string> = S extends `str ${string}` ? string : S extends `void ${string}` ? undefined : number
/** What a C parameter takes: an address or number, or memory to read or write. */
export type NativeArgument = number | bigint | NodeJS.TypedArray | readonly string[]
export type NativeLibrary = {
  readonly [Name in keyof Signatures]: (...args: NativeArgument[]) => Returns<Signatures[Name]>
} & {
  /** Copies native memory into a typed array, or the other way round. */
  readonly copyOut: (target: NodeJS.TypedArray, source: number, bytes: number) => void
  readonly copyIn: (target: number, source: NodeJS.TypedArray, bytes: number) => void
}

const frameworkName = 'libtensorflow_framework.so.2'
/** What is opened; `frameworkName` lies beside it. */
export const libraryName = 'libtensorflow_cc.so.2'

/** True where both shared objects lie in `folder`. */
export function holdsTensorFlow(folder: string): boolean {
  return existsSync(join(folder, libraryName)) && existsSync(join(folder, frameworkName))
}

/**
 * The libtensorflow_cc.so.2 that some thread of this process has loaded already: a second copy from another file
 * would register everything twice and abort the process.
 */
function loadedTensorFlow(mappings = '/proc/self/maps'): string | undefined {
  if (!existsSync(mappings)) return undefined
  const line = readFileSync(mappings, 'utf8')
    .split('\n')
    .find(mapped => mapped.endsWith(`/${libraryName}`))
  return line?.slice(line.indexOf('/'))
}

/**
 * Opens libtensorflow from `folder` (the `tensorflow` package of a wheel).
 * @throws ENGINE_MISSING when a file is missing or does not load: the loader's own sentence is kept.
 */
export function openLibrary(folder: string): NativeLibrary {
  const loaded = loadedTensorFlow()
  if (loaded !== undefined && holdsTensorFlow(folder) && realpathSync(join(folder, libraryName)) !== loaded)
    throw new WorkbenchError(
      'ENGINE_FAILED',
      `TensorFlow from ${dirname(loaded)} runs in this process: restart it to use the one in ${folder}.`,
    )
  try {
    setNativeEnvironment()
    keepLoaded(join(folder, frameworkName))
    keepLoaded(join(folder, libraryName))
    const library = koffi.load(join(folder, libraryName))
    const functions: Record<string, unknown> = {}
    for (const [name, signature] of Object.entries(signatures)) functions[name] = library.func(signature)
    functions['copyOut'] = library.func('memcpy', 'void', ['void *', 'uintptr_t', 'size_t'])
    functions['copyIn'] = library.func('memcpy', 'void', ['uintptr_t', 'void *', 'size_t'])
    return functions as NativeLibrary
  } catch (cause) {
    throw new WorkbenchError(
      'ENGINE_MISSING',
      `TensorFlow in ${folder} does not load: ${cause instanceof Error ? cause.message : String(cause)}. ` +
        'Run `maskwright engine install`, then `maskwright engine doctor`.',
      { cause },
    )
  }
}
