import type { ErrorCode, ErrorData } from '../../shared/errors'

/** What one types next, where the code of an error says enough; the sentence itself is read in the window as well. */
const hints: Partial<Record<ErrorCode, string>> = {
  NOT_A_PROJECT: '`maskwright new DIR` makes a project; `--project DIR` says which one is meant.',
}

/** The error with the commands that go on from it. */
export function withCommandHint(error: ErrorData): ErrorData {
  const hint = hints[error.code]
  return hint === undefined ? error : { ...error, message: `${error.message} ${hint}` }
}
