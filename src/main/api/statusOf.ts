import type { ErrorCode } from '../../shared/errors'

/** HTTP's word for an error of ours, for answers that are bytes; JSON carries the code itself. */
export function statusOf(code: ErrorCode): 400 | 403 | 404 | 409 | 422 | 500 | 503 | 507 {
  switch (code) {
    case 'NOT_FOUND':
    case 'NOT_A_PROJECT':
      return 404
    case 'USAGE':
    case 'BAD_INPUT':
    case 'RECIPE_INVALID':
    case 'SHAPE_MISMATCH':
      return 400
    case 'READ_ONLY':
      return 403
    case 'CONFLICT':
    case 'PROJECT_LOCKED':
    case 'PROJECT_NEWER':
      return 409
    case 'FILE_UNREADABLE':
    case 'UNSUPPORTED':
    case 'WEIGHTS_UNREADABLE':
      return 422
    case 'ENGINE_MISSING':
    case 'ENGINE_FAILED':
    case 'OUT_OF_MEMORY':
      return 503
    case 'DISK_FULL':
      return 507
    case 'INTERNAL':
      return 500
  }
}
