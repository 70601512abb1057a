import { stringify } from 'yaml'
import { findMethod, methods } from '../../methods/index'
import type { EngineRecord } from '../protocol/messages'
import { html, type Html } from './html'
import { lineChart, numberText } from './lineChart'
import { reportTable, type ReportRow } from './reportTable'
import type { RunReport } from './runReport'

/** `mAP on unseen photos: cat`: figures of single classes are read in the table of classes. */
const isOfClass = (name: string) => name.startsWith('mAP') && name.includes(': ')
/** How long and how much it took says nothing of the result; the time stands beside the method. */
const ofMachine = new Set(['seconds', 'peakMemory', 'trunkSeconds', 'computed', 'fromCache', 'cacheFull', 'photos'])

/** Photos and classes, with the average precision of each class where a classifier measured it. */
export function datasetSection({ dataset, run, figures }: RunReport): Html {
  const precisions = [...new Set(figures.filter(({ name }) => isOfClass(name)).map(({ name }) => name.split(': ')[0]!))]
  const columns = [
    { title: 'class' },
    { title: 'photos', number: true },
    { title: '% of all', number: true },
    ...precisions.map(name => ({ title: name.replace(/^mAP/, 'AP'), number: true })),
  ]
  const rows = dataset.classes.map((className, place): ReportRow => {
    const photos = dataset.labelled[place] ?? 0
    const values = precisions.map(name => figures.findLast(figure => figure.name === `${name}: ${className}`)?.value)
    const share = ((100 * photos) / Math.max(1, dataset.photos)).toFixed(1)
    const texts = values.map(value => (typeof value === 'number' ? value.toFixed(3) : '–'))
    return { cells: [className, String(photos), share, ...texts] }
  })
  const isChanged = dataset.hash !== run.datasetHash
  const changed = isChanged ? ' Photos or labels were changed since: the tables here count them as they are now.' : ''
  return html`<section>
    <h2>Photos</h2>
    <p>
      ${dataset.photos} photos (split ${run.split}), ${dataset.withTruth} of them with ground truth. Dataset
      <code>${run.datasetHash}</code>.${changed}
    </p>
    ${reportTable('Photos labelled with each class', columns, rows)}
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
    ${steps.map(({ name, method, options, state, summary, originRun }) => {
      const own = figures.filter(figure => figure.step === name)
      const seconds = own.filter(figure => figure.name === 'seconds').reduce((sum, { value }) => sum + (value ?? 0), 0)
      const found = own.flatMap(figure => (isOfClass(figure.name) ? [] : [[figure.name, figure.value] as const]))
      const origin = originRun === null ? '' : ` · taken over from run ${originRun}, which made it of the same`
      return html`<h3>${name}</h3>
        <p>${methodOf(method)} · ${state}${seconds > 0 ? ` · ${numberText(seconds)} s` : ''}${origin}</p>
        ${facts([...found, ...summaryOf(summary)])} ${optionTable(method, options as Readonly<Record<string, unknown>>)}`
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

function summaryOf(summary: unknown): (readonly [string, unknown])[] {
  return typeof summary === 'object' && summary !== null ? Object.entries(summary) : []
}

/** What is a number or a text, each name once; lists are for programs. */
function facts(pairs: readonly (readonly [string, unknown])[]): Html {
  const told = [...new Map(pairs)].flatMap(([name, value]) => {
    if (ofMachine.has(name) || value === null || typeof value === 'object') return []
    return [[name, typeof value === 'number' ? numberText(value) : String(value)] as const]
  })
  if (told.length === 0) return html``
  return html`<dl>
    ${told.map(
      ([name, text]) =>
        html`<dt>${name}</dt>
          <dd>${text}</dd>`,
    )}
  </dl>`
}

/** The options that differ from their defaults as a table, the others in a line: the recipe below has them all. */
function optionTable(method: string, options: Readonly<Record<string, unknown>>): Html {
  const defaults: Readonly<Record<string, unknown>> = methods.has(method) ? findMethod(method).options.parse({}) : {}
  const texts = Object.entries(options).map(([key, value]) => ({
    key,
    set: JSON.stringify(value),
    usual: JSON.stringify(defaults[key]) ?? '–',
  }))
  const changed = texts.filter(({ set, usual }) => set !== usual)
  const kept = texts.filter(({ set, usual }) => set === usual).map(({ key, set }) => `${key} ${set}`)
  const columns = [{ title: 'option' }, { title: 'value' }, { title: 'default' }]
  const rows = changed.map(({ key, set, usual }) => ({ cells: [key, { text: set, mark: 'changed' as const }, usual] }))
  return html`${rows.length === 0 ? html`` : reportTable('Options that differ from their defaults', columns, rows)}
  ${kept.length === 0 ? html`` : html`<p class="quiet">At their defaults: ${kept.join(', ')}.</p>`}`
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
    engine === null
      ? []
      : [
          [
            'engine',
            `TensorFlow ${engine.version} on the ${engine.kind.toUpperCase()}, ${engine.threads} threads`,
          ] as const,
        ]
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
