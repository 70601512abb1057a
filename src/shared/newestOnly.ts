/** Tells whether the question that it was made for is still the newest: only then its answer counts. */
export type IsNewest = () => boolean

export interface NewestOnly {
  /** Asks anew: the answers to all questions before are past. */
  readonly ask: () => IsNewest
  /** Asks for more of what the newest question is about. */
  readonly follow: () => IsNewest
  /** Nobody waits for an answer any more. */
  readonly withdraw: () => void
}

/** Of several questions on the way only the newest counts, in whatever order the answers come. */
export function newestOnly(): NewestOnly {
  let newest = 0
  const follow = (): IsNewest => {
    const question = newest
    return () => question === newest
  }
  return {
    ask: () => {
      newest++
      return follow()
    },
    follow,
    withdraw: () => {
      newest++
    },
  }
}
