import { initTRPC, type TRPCError } from '@trpc/server'
import { z } from 'zod'
import { toErrorData, WorkbenchError, type ErrorCode } from '../../shared/errors'
import { issueSentence } from '../../shared/issueSentence'
import type { ApiContext } from './context'

/** A stream that is silent for longer looks like one that is cut. */
const heartbeatMs = 15_000

const trpc = initTRPC.context<ApiContext>().create({
  sse: { ping: { enabled: true, intervalMs: heartbeatMs }, client: { reconnectAfterInactivityMs: 3 * heartbeatMs } },
  errorFormatter: ({ shape, error, input }) => ({
    ...shape,
    // The person reads `message`; a stack is for us and stays here.
    data: { code: shape.data.code, httpStatus: shape.data.httpStatus, workbench: errorDataOf(error, input) },
  }),
})

export const router = trpc.router

/** A request of the program. What it throws crosses as a WorkbenchError's code and sentence. */
export const procedure = trpc.procedure.use(async ({ next }) => {
  const result = await next()
  if (!result.ok && process.env['MASKWRIGHT_DEBUG'] === '1') console.error(result.error.cause ?? result.error)
  return result
})

/** A request of one project, by its key; it finds the project open. */
export const projectProcedure = procedure.input(z.object({ project: z.string().max(64) })).use(async options => {
  const session = await options.ctx.sessions.get(options.input.project)
  return options.next({ ctx: { ...options.ctx, session, key: options.input.project } })
})

/** A request that changes a project: refused where the project is only looked at, or its folder is gone. */
export const editProcedure = projectProcedure.use(async ({ ctx, next }) => {
  const { readOnly, place } = ctx.session.project
  if (readOnly)
    throw new WorkbenchError('READ_ONLY', 'This project is open to look at it only: nothing of it can be changed here.')
  place.assertKept()
  return next()
})

/** @param input what was asked with, as it came */
function errorDataOf(error: TRPCError, input: unknown): { readonly code: ErrorCode; readonly message: string } {
  if (error.cause !== undefined && error.code === 'INTERNAL_SERVER_ERROR') return toErrorData(error.cause)
  const issue = error.cause instanceof z.ZodError ? error.cause.issues[0] : undefined
  if (issue !== undefined) return { code: 'USAGE', message: `${issueSentence(issue, input, '')}.` }
  if (error.code === 'BAD_REQUEST') return { code: 'USAGE', message: error.message }
  return { code: 'INTERNAL', message: error.message }
}
