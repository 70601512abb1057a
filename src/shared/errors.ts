/** Every way a thing can go wrong that a person or a caller must tell apart. Cancellation is not among them. */
export const errorCodes = [
  'USAGE', // a command or option that does not exist, or a value out of bounds
  'BAD_INPUT', // a file or folder the person gave cannot be used as it is
  'FILE_UNREADABLE', // missing, truncated or corrupt
  'UNSUPPORTED', // valid, but not something this program does
  'SHAPE_MISMATCH', // two things that must agree in size do not
  'WEIGHTS_UNREADABLE', // a checkpoint that is refused or does not fit
  'RECIPE_INVALID', // a recipe that does not parse or does not chain
  'NOT_FOUND', // no such project, run, step or class
  'NOT_A_PROJECT', // a folder without project.sqlite
  'PROJECT_NEWER', // made by a later version
  'PROJECT_LOCKED', // open in another process
  'CONFLICT', // someone else wrote first
  'READ_ONLY', // the project was opened to look at it only
  'ENGINE_MISSING', // TensorFlow is not installed
  'ENGINE_FAILED', // TensorFlow refused an operation
  'OUT_OF_MEMORY', // the device has no room
  'DISK_FULL', // nothing more can be written
  'INTERNAL', // a mistake of ours
] as const
export type ErrorCode = (typeof errorCodes)[number]

/** An error with a code for programs and a sentence for people; it crosses threads as data. */
export class WorkbenchError extends Error {
  override readonly name = 'WorkbenchError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: { readonly cause?: unknown },
  ) {
    super(message, options)
  }
}

/** What an error looks like on the wire. */
export interface ErrorData {
  readonly code: ErrorCode
  readonly message: string
}

const fullDisk = 'The disk is full: free some space, then try again.'
/** What the system and SQLite call it that a file found no room, where nobody gave it a better sentence. */
const noRoom: ReadonlyMap<unknown, string> = new Map([
  ['ENOSPC', fullDisk],
  ['SQLITE_FULL', fullDisk],
  ['EDQUOT', 'Your share of the disk (its quota) is used up: free some space of yours there, then try again.'],
  ['EFBIG', 'A file became larger than the disk or your limit (`ulimit -f`) allows: raise it, or choose another disk.'],
])

/** Any thrown value as data: a WorkbenchError keeps its code, a full disk is recognised, the rest is INTERNAL. */
export function toErrorData(error: unknown): ErrorData {
  if (error instanceof WorkbenchError) return { code: error.code, message: error.message }
  const full = isObject(error) ? noRoom.get(error['code']) : undefined
  if (full !== undefined) return { code: 'DISK_FULL', message: full }
  if (isObject(error) && error['name'] === 'WorkbenchError')
    return { code: error['code'] as ErrorCode, message: String(error['message']) }
  return { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) }
}

/** True for the rejection of an aborted signal, wherever it was raised. */
export function isCancellation(error: unknown): boolean {
  return isObject(error) && error['name'] === 'AbortError'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Marks a branch that the types say cannot be reached. */
export function assertNever(value: never): never {
  throw new WorkbenchError('INTERNAL', `unexpected value ${JSON.stringify(value)}`)
}
