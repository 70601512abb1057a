import { WorkbenchError, type ErrorCode } from '../errors'

/** Makes the error that refuses one file; the caller throws it, so that the flow of control stays visible. */
export type Refuse = (problem: string, options?: { readonly cause?: unknown }) => WorkbenchError

/** @param name the file as the person knows it; the sentence becomes "Cannot read NAME: PROBLEM." */
export function refusal(code: ErrorCode, name: string): Refuse {
  return (problem, options) => new WorkbenchError(code, `Cannot read ${name}: ${problem}.`, options)
}
