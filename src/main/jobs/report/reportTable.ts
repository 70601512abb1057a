import { html, type Html } from './html'

export interface ReportColumn {
  readonly title: string
  readonly number?: boolean
}

export interface ReportCell {
  readonly text: string
  /** `best`: the largest of its row; `changed`: differs from the default. */
  readonly mark?: 'best' | 'changed'
}

export interface ReportRow {
  readonly cells: readonly (ReportCell | string)[]
  /** A row of means, apart from those that they are of. */
  readonly isMean?: boolean
}

/** A table whose first column names its rows. Where it is too wide it scrolls by itself. */
export function reportTable(caption: string, columns: readonly ReportColumn[], rows: readonly ReportRow[]): Html {
  const head = columns.map(
    ({ title, number }) => html`<th scope="col" class="${number === true ? 'number' : ''}">${title}</th>`,
  )
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${head}
        </tr>
      </thead>
      <tbody>
        ${rows.map(row => rowOf(row, columns))}
      </tbody>
    </table>
  </div>`
}

function rowOf({ cells, isMean }: ReportRow, columns: readonly ReportColumn[]): Html {
  const inside = cells.map((given, place) => {
    const { text, mark = '' } = typeof given === 'string' ? { text: given } : given
    const kind = `${columns[place]?.number === true ? 'number ' : ''}${mark}`.trim()
    return place === 0 ? html`<th scope="row">${text}</th>` : html`<td class="${kind}">${text}</td>`
  })
  return html`<tr class="${isMean === true ? 'mean' : ''}">
    ${inside}
  </tr>`
}
