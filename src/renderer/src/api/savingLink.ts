import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '../../../main/api/router'

/** How a change that a person made is doing on its way to the disk. */
export interface SavingListener {
  readonly begun: () => void
  readonly ended: (done: boolean) => void
}

type Routes = AppRouter['_def']['record']
type Mutations<Noun extends keyof Routes & string> = {
  [Verb in keyof Routes[Noun] & string]: Routes[Noun][Verb] extends { _def: { type: 'mutation' } }
    ? `${Noun}.${Verb}`
    : never
}[keyof Routes[Noun] & string]
type MutationPath = { [Noun in keyof Routes & string]: Mutations<Noun> }[keyof Routes & string]

/**
 * What a person changes and expects to be kept. Other mutations begin a work, stop one or ask something that is too long
 * for an address: a check of masks saves nothing, and an export that is refused has lost no change.
 */
const changes: ReadonlySet<string> = new Set<MutationPath>([
  ...(['labels.set', 'labels.undo', 'labels.redo'] as const),
  ...(['review.decide', 'review.undo', 'review.applyRule', 'review.moveTo'] as const),
  ...(['review.rebase', 'review.restore'] as const),
  ...(['runs.rename', 'runs.remove', 'evaluations.remove', 'settings.store'] as const),
])

const listeners = new Set<SavingListener>()

/** Hears of every change that is sent. @returns how to stop */
export function listenToSaving(listener: SavingListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells the listeners of a change that travels by a way of its own, as strokes and masks do. */
export async function tellSaving<Answer>(change: Promise<Answer>): Promise<Answer> {
  listeners.forEach(listener => listener.begun())
  let done = false
  try {
    const answer = await change
    done = true
    return answer
  } finally {
    listeners.forEach(listener => listener.ended(done))
  }
}

/** Tells the listeners when a change sets out and when it has arrived. */
export const savingLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.type !== 'mutation' || !changes.has(op.path)) return next(op)
    return observable(observer => {
      let open = true
      const end = (done: boolean) => {
        if (open) listeners.forEach(listener => listener.ended(done))
        open = false
      }
      listeners.forEach(listener => listener.begun())
      const subscription = next(op).subscribe({
        next: value => observer.next(value),
        error: error => {
          end(false)
          observer.error(error)
        },
        complete: () => {
          end(true)
          observer.complete()
        },
      })
      return () => {
        end(false)
        subscription.unsubscribe()
      }
    })
  }
