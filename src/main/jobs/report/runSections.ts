import { stringify } from 'yaml'
import { findMethod, methods } from '../../methods/index'
import type { EngineRecord } from '../protocol/messages'
import { html, type Html } from './html'
import { lineChart, numberText } from './lineChart'
import { reportTable, type ReportRow } from './reportTable'
import type { RunReport } from './runReport'

/** Curves of single classes are read in the tables: in a chart they would hide the means. */
const isOfClass = (name: string) => name.startsWith('mAP') && name.includes(': ')
/** Told in words with the steps. */
const isOfMachine = (name: string) => name === 'seconds' || name === 'peakMemory' || name === 'trunkSeconds'

/** Photos and classes. */
export function datasetSection({ dataset, run }: RunReport): Html {
  const rows = dataset.classes.map((name, place): ReportRow => {
    const photos = dataset.labelled[place] ?? 0
    return { cells: [name, String(photos), ((100 * photos) / Math.max(1, dataset.photos)).toFixed(1)] }
  })
  const changed =
    dataset.hash === run.datasetHash
      ? ''
      : ' Photos or labels were changed since: the tables here count them as they are now.'
  return html`<section>
    <h2>Photos</h2>
    <p>
      ${dataset.photos} photos (split ${run.split}), ${dataset.withTruth} of them with ground truth. Dataset
      <code>${run.datasetHash}</code>.${changed}
    </p>
    ${reportTable('Photos labelled with each class', [{ title: 'class' }, { title: 'photos', number: true }, { title: '% of all', number: true }], rows)}
  </section>`
}

/** Training curves, a chart for each kind of quantity of each step. */
export function curveSection({ curves }: RunReport): Html {
  const shown = curves.filter(({ name }) => !isOfClass(name))
  if (shown.length === 0) return html``
  const charts = [...new Set(shown.map(({ step }) => step))].flatMap(step => {
    const ofStep = shown.filter(curve => curve.step === step)
    const kinds = [...new Set(ofStep.map(({ name }) => kindOf(name)))]
    return kinds.map(kind => {
      const lines = ofStep.filter(({ name }) => kindOf(name) === kind)
      return html`<h3>${step}: ${kind}</h3>
        ${lineChart(lines, { across: 'epoch or step' })}`
    })
  })
  return html`<section>
    <h2>Curves</h2>
    ${charts}
  </section>`
}

/** Quantities that share an axis: losses, precisions, and every other by itself. */
function kindOf(name: string): string {
  if (name.includes('loss')) return 'loss'
  return name.startsWith('mAP') ? 'mean average precision' : name
}

/** Every step: its method and paper, how long it took, all options, and what it found out. */
export function stepSection({ steps, figures }: RunReport): Html {
  return html`<section>
    <h2>Steps and settings</h2>
    ${steps.map(({ name, method, options, state, summary }) => {
      const own = figures.filter(figure => figure.step === name)
      const seconds = own.filter(figure => figure.name === 'seconds').reduce((sum, { value }) => sum + (value ?? 0), 0)
      const found = own.filter(figure => !isOfMachine(figure.name) && figure.value !== null)
      return html`<h3>${name}</h3>
        <p>${methodOf(method)} · ${state}${seconds > 0 ? ` · ${numberText(seconds)} s` : ''}</p>
        ${facts([...found.map(({ name: what, value }) => [what, numberText(value ?? 0)] as const), ...summaryOf(summary)])}
        ${optionTable(method, options as Readonly<Record<string, unknown>>)}`
    })}
  </section>`
}

function methodOf(id: string): Html {
  const method = methods.get(id)
  if (method === undefined) return html`${id}`
  const { title, paper } = method
  return paper === undefined
    ? html`${title}`
    : html`${title} (<a href="${paper.url}">${paper.title}, ${paper.year}</a>)`
}

function summaryOf(summary: unknown): (readonly [string, string])[] {
  if (typeof summary !== 'object' || summary === null) return []
  return Object.entries(summary).flatMap(([key, value]) =>
    typeof value === 'object' ? [] : [[key, String(value)] as const],
  )
}

function facts(pairs: readonly (readonly [string, string])[]): Html {
  const unique = [...new Map(pairs)]
  if (unique.length === 0) return html``
  return html`<dl>
    ${unique.map(
      ([name, value]) =>
        html`<dt>${name}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`
}

function optionTable(method: string, options: Readonly<Record<string, unknown>>): Html {
  const entries = Object.entries(options)
  if (entries.length === 0) return html``
  const defaults: Readonly<Record<string, unknown>> = methods.has(method) ? findMethod(method).options.parse({}) : {}
  const rows = entries.map(([key, value]): ReportRow => {
    const [set, usual] = [JSON.stringify(value), JSON.stringify(defaults[key]) ?? '–']
    return {
      cells: [key, { text: set, ...(set === usual ? {} : { mark: 'changed' as const }) }, set === usual ? '' : usual],
    }
  })
  return reportTable('Options', [{ title: 'option' }, { title: 'value' }, { title: 'default, where it differs' }], rows)
}

/** Contact sheets, each a picture in the page itself. */
export function pictureSection({ pictures }: RunReport): Html {
  if (pictures.length === 0) return html``
  return html`<section>
    <h2>Pictures</h2>
    ${pictures.map(({ caption, photos, jpeg }) => {
      const source = `data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}`
      return html`<figure>
        <img src="${source}" alt="${caption}: ${photos.join(', ')}" />
        <figcaption>${caption}: ${photos.join(', ')}</figcaption>
      </figure>`
    })}
  </section>`
}

/** The recipe as it was run, and what else it takes to run it again. */
export function repeatSection({ run, plan }: RunReport): Html {
  const engine = run.engine as EngineRecord | null
  const split = run.split === 'all' ? '' : ` --split ${run.split}`
  const made =
    engine === null ? [] : [['engine', `${engine.version}, ${engine.device}, ${engine.threads} threads`] as const]
  return html`<section>
    <h2>To repeat it</h2>
    <p>Save the recipe as <code>recipe.yaml</code>, then in a project with the same photos, labels and classes:</p>
    <pre>maskwright run recipe.yaml --seed ${run.seed}${split}</pre>
    ${facts([['seed', String(run.seed)], ['split', run.split], ['dataset', run.datasetHash], ...made])}
    <pre>${stringify(plan)}</pre>
    <p class="quiet">
      On the same engine, device and number of threads the same seed gives the same bits; elsewhere sums are rounded in
      another order.
    </p>
  </section>`
}
