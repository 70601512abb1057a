import koffi from 'koffi'

/**
 * What TensorFlow reads from the environment when it is loaded, unless the person set it.
 *
 * TF_CPU_ALLOCATOR_USE_BFC: without it every tensor of 32 MB or more is mapped anew and faults in page by page: forward
 * passes took 1.4 to 2 times as long.
 */
const defaults = { TF_CPU_ALLOCATOR_USE_BFC: '1', TF_CPP_MIN_LOG_LEVEL: '1' }

/**
 * Sets the defaults in the process's own environment. Node gives a worker a copy of its own, which native code never
 * sees: hence the C library's `setenv`. Call before libtensorflow is loaded.
 */
export function setNativeEnvironment(): void {
  if (process.platform === 'win32') return
  const setenv = koffi.load(null).func('int setenv(const char *name, const char *value, int overwrite)')
  for (const [name, value] of Object.entries(defaults)) setenv(name, value, 0)
}
