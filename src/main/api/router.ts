import { door } from './routes/door'
import { events } from './routes/events'
import { images } from './routes/images'
import { projects } from './routes/projects'
import { tasks } from './routes/tasks'
import { router } from './trpc'

/** Everything that a tab can ask for, by noun. The renderer imports its type and nothing else of main. */
export const appRouter = router({
  door,
  events,
  images,
  projects,
  tasks,
})

export type AppRouter = typeof appRouter
