import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { toErrorData } from '../../shared/errors'
import type { ApiContext } from './context'
import { blobs } from './blobs'
import { crops } from './crops'
import { door, policies, type DoorVariables } from './door'
import { projectFiles } from './projectFiles'
import { photos } from './photos'
import { reports } from './reports'
import { reviewBytes } from './reviewBytes'
import { appRouter } from './router'
import { similarities } from './similarities'
import { staticFiles } from './staticFiles'
import { statusOf } from './statusOf'
import { superpixels } from './superpixels'
import { thumbnails } from './thumbnails'

/** Bytes. A request's JSON is small; bytes come and go by routes of their own. */
const largestJson = 1 << 20
/** Requests that one call may hold: a screen asks for a handful at once. */
const largestBatch = 64

export interface AppOptions {
  readonly context: ApiContext
  /** The built renderer. */
  readonly rendererFolder: string
}

/** The one door: who may come in, then bytes, JSON and the window's own files. */
export function createApp({ context, rendererFolder }: AppOptions): Hono<{ Variables: DoorVariables }> {
  const app = new Hono<{ Variables: DoorVariables }>()
  app.onError((error, c) => {
    const { code, message } = toErrorData(error)
    if (code === 'INTERNAL' && process.env['MASKWRIGHT_DEBUG'] === '1') console.error(error)
    return c.text(message, statusOf(code))
  })
  app.use(policies, door(context.keys))
  app.use('/api/*', bodyLimit({ maxSize: largestJson, onError: c => c.text('This request is too large.', 413) }))
  app.all('/api/*', ({ req }) =>
    fetchRequestHandler({
      endpoint: '/api',
      req: req.raw,
      router: appRouter,
      createContext: () => context,
      maxBatchSize: largestBatch,
    }),
  )
  app.route('/bytes', blobs(context))
  app.route('/bytes', crops(context))
  app.route('/bytes', projectFiles(context))
  app.route('/bytes', photos(context))
  app.route('/bytes', reports(context))
  app.route('/bytes', reviewBytes(context))
  app.route('/bytes', similarities(context))
  app.route('/bytes', superpixels(context))
  app.route('/bytes', thumbnails(context))
  app.all('/bytes/*', c => c.text('There is nothing here.', 404))
  app.get(
    '*',
    staticFiles(rendererFolder, () => context.bus.lastId),
  )
  return app
}
