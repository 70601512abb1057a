import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink } from '@trpc/client'
import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '../../../main/api/router'
import { savingLink } from './savingLink'

const url = '/api'

/** Every request of this tab; errors are read with `errorOf`. */
export const api = createTRPCClient<AppRouter>({
  links: [
    savingLink,
    splitLink({
      condition: operation => operation.type === 'subscription',
      true: httpSubscriptionLink({ url }),
      false: httpBatchLink({ url, maxURLLength: 4_000 }),
    }),
  ],
})

/** What the requests answer, by route: `Answers['projects']['recent']`. */
export type Answers = inferRouterOutputs<AppRouter>
