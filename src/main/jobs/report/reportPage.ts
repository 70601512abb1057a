import { createHash } from 'node:crypto'
import { figureCards, figureSection } from './figureSections'
import { Html, html } from './html'
import { reportStyle } from './reportStyle'
import type { RunReport } from './runReport'
import { curveSection, datasetSection, pictureSection, repeatSection, stepSection } from './runSections'

/**
 * A run as one page that needs nothing else: no script, nothing fetched, its style named by its hash. What it shows of
 * names was escaped; were some piece forgotten, its policy would still let no script run.
 */
export function reportPage(report: RunReport, writtenAt: Date): string {
  const { run, project } = report
  const hash = createHash('sha256').update(reportStyle).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
  const date = (ms: number | null) =>
    ms === null ? 'not yet' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ')
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${policy}" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Run ${run.id}: ${run.name}</title>
      ${new Html(`<style>${reportStyle}</style>`)}
    </head>
    <body>
      <header>
        <h1>Run ${run.id}: ${run.name}</h1>
        <p class="quiet">
          ${project} · ${run.state} · begun ${date(run.startedAt)}, ended ${date(run.finishedAt)} UTC · report of
          ${date(writtenAt.getTime())} UTC
        </p>
        ${figureCards(report)}
      </header>
      <main>
        ${figureSection(report)} ${pictureSection(report)} ${curveSection(report)} ${datasetSection(report)}
        ${stepSection(report)} ${repeatSection(report)}
      </main>
    </body>
  </html>`
  return `<!doctype html>\n${page.text}\n`
}
