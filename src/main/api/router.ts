import { activity } from './routes/activity'
import { dataset } from './routes/dataset'
import { door } from './routes/door'
import { engine } from './routes/engine'
import { events } from './routes/events'
import { images } from './routes/images'
import { labels } from './routes/labels'
import { projects } from './routes/projects'
import { settings } from './routes/settings'
import { tasks } from './routes/tasks'
import { router } from './trpc'

/** Everything that a tab can ask for, by noun. The renderer imports its type and nothing else of main. */
export const appRouter = router({
  activity,
  dataset,
  door,
  engine,
  events,
  images,
  labels,
  projects,
  settings,
  tasks,
})

export type AppRouter = typeof appRouter
