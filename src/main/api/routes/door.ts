import { procedure, router } from '../trpc'

/** Who may come in. */
export const door = router({
  /** A path that lets one more browser in, for a person who is in already. */
  invite: procedure.mutation(({ ctx }) => ({ path: `/?token=${ctx.keys.newToken()}` })),
})
