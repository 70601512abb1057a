import { TRPCClientError } from '@trpc/client'
import type { ErrorData } from '../../../shared/errors'
import { toErrorData } from '../../../shared/errors'
import type { AppRouter } from '../../../main/api/router'

/** What went wrong in a request, as a code and a sentence; a server that does not answer is a sentence too. */
export function errorOf(error: unknown): ErrorData {
  if (!(error instanceof TRPCClientError)) return toErrorData(error)
  const { data } = error as TRPCClientError<AppRouter>
  if (data?.workbench) return data.workbench
  if (statusOf(error) === 401)
    return { code: 'USAGE', message: 'This window has no key to Maskwright any more: open a new address.' }
  return {
    code: 'INTERNAL',
    message:
      'Maskwright does not answer: its server was stopped or the connection is cut. It is tried again by itself.',
  }
}

/** HTTP's status of an answer that was no JSON of ours. */
function statusOf({ meta }: TRPCClientError<AppRouter>): number | undefined {
  return meta?.['response'] instanceof Response ? meta['response'].status : undefined
}
