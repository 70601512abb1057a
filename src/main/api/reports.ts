import { Hono } from 'hono'
import type { ApiContext } from './context'

/** Photos in each contact sheet of a report. */
const PHOTOS = 8

/** A run as one page of HTML, to be kept or sent on: it is handed over as a file, made when it is asked for. */
export function reports(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/runs/:run{[0-9]{1,15}}/report.html', async c => {
    const session = await context.sessions.get(c.req.param('project'))
    const run = Number(c.req.param('run'))
    const work = { signal: c.req.raw.signal, progress: () => undefined }
    const page = await session.report(run, { photos: PHOTOS }, work)
    c.header('Content-Disposition', `attachment; filename="run-${run}.html"`)
    c.header('Cache-Control', 'no-store')
    return c.html(page)
  })
  return app
}
