import type { TRPCLink } from '@trpc/client'
import { observable } from '@trpc/server/observable'
import type { AppRouter } from '../../../main/api/router'

/** How a change that a person made is doing on its way to the disk. */
export interface SavingListener {
  readonly begun: () => void
  readonly ended: (done: boolean) => void
}

const listeners = new Set<SavingListener>()

/** Hears of every change that is sent. @returns how to stop */
export function listenToSaving(listener: SavingListener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Tells the listeners when a mutation sets out and when it has arrived. */
export const savingLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) => {
    if (op.type !== 'mutation') return next(op)
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
