import koffi from 'koffi'

/** Flags of dlopen (bits/dlfcn.h, Linux). */
const RTLD_NOW = 0x2
const RTLD_GLOBAL = 0x100
const RTLD_NODELETE = 0x1000

/**
 * Loads a shared library for the life of the process. koffi closes what a worker opened when that worker ends, and a
 * TensorFlow that is unloaded and loaded again registers its protocol buffers twice and aborts the process.
 * @throws Error with the loader's sentence
 */
export function keepLoaded(file: string): void {
  const dlopen = koffi.load(null).func('uintptr_t dlopen(const char *file, int flags)')
  if (dlopen(file, RTLD_NOW | RTLD_GLOBAL | RTLD_NODELETE) !== 0) return
  koffi.load(file) // throws with the loader's sentence
}
