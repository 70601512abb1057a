import { TRPCClientError } from '@trpc/client'
import type { ErrorData } from '../../../shared/errors'
import { toErrorData } from '../../../shared/errors'
import type { AppRouter } from '../../../main/api/router'

/** What went wrong in a request, as a code and a sentence; a server that does not answer is a sentence too. */
export function errorOf(error: unknown): ErrorData {
  if (!(error instanceof TRPCClientError)) return toErrorData(error)
  const { data } = error as TRPCClientError<AppRouter>
  if (data?.workbench) return data.workbench
  return {
    code: 'INTERNAL',
    message:
      'Maskwright does not answer: its server was stopped or the connection is cut. It is tried again by itself.',
  }
}
