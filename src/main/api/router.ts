import { activity } from './routes/activity'
import { dataset } from './routes/dataset'
import { backups } from './routes/backups'
import { desktop } from './routes/desktop'
import { door } from './routes/door'
import { engine } from './routes/engine'
import { evaluations } from './routes/evaluations'
import { events } from './routes/events'
import { exports } from './routes/exports'
import { folders } from './routes/folders'
import { images } from './routes/images'
import { labels } from './routes/labels'
import { imports } from './routes/imports'
import { projects } from './routes/projects'
import { settings } from './routes/settings'
import { seeds } from './routes/seeds'
import { review } from './routes/review'
import { recipes } from './routes/recipes'
import { runs } from './routes/runs'
import { prototypes } from './routes/prototypes'
import { tasks } from './routes/tasks'
import { thresholds } from './routes/thresholds'
import { router } from './trpc'

/** Everything that a tab can ask for, by noun. The renderer imports its type and nothing else of main. */
export const appRouter = router({
  activity,
  dataset,
  backups,
  desktop,
  door,
  engine,
  evaluations,
  events,
  exports,
  folders,
  images,
  labels,
  imports,
  projects,
  recipes,
  review,
  runs,
  settings,
  seeds,
  prototypes,
  tasks,
  thresholds,
})

export type AppRouter = typeof appRouter
