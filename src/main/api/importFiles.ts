import { Hono } from 'hono'
import { readReport, skippedCsv, skippedMatching } from '../host/importReports'
import type { ApiContext } from './context'

/** Files that are made of import reports. */
export function importFiles(context: ApiContext): Hono {
  const app = new Hono()
  app.get('/:project/imports/:id{[0-9a-f-]{36}}/skipped.csv', async c => {
    const { project, id } = c.req.param()
    const session = await context.sessions.get(project)
    const report = await readReport(session.project.folder, id)
    c.header('Content-Type', 'text/csv; charset=utf-8')
    c.header('Content-Disposition', `attachment; filename="skipped-${id.slice(0, 8)}.csv"`)
    return c.body(skippedCsv(skippedMatching(report, { text: c.req.query('text') ?? '' })))
  })
  return app
}
