import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import { photoOrders, type PhotoChoice, type PhotoOrder } from '../../../../shared/contract/evaluation'
import { averagings, defaultScoreRules, rateBases, type ScoreRules } from '../../../../shared/metrics/scoreRules'
import { mostCompared } from '../../components/compare/compared'
import { sortOf, sortText, type FigureSort } from '../../components/tables/figureTable'

export const compareTabs = ['classes', 'tail', 'confusion', 'corrections', 'recipe'] as const
export type CompareTab = (typeof compareTabs)[number]

/** All that the screen shows, as the address has it. */
export interface CompareAddress {
  /** Evaluations in the order of their columns. */
  readonly ids: readonly number[]
  readonly tab: CompareTab
  readonly sort: FigureSort | undefined
  readonly rules: ScoreRules
  /** The evaluation whose long tail, confusion and worst photos are shown; undefined: the last. */
  readonly by: number | undefined
  /** The mistakes whose photos are shown; undefined: none. */
  readonly choice: PhotoChoice | undefined
  readonly order: PhotoOrder
  /** The photo that is looked at large. */
  readonly photo: number | undefined
  /** Key of the photos that steps are to be measured on (`photoSubsets`); undefined: all. */
  readonly on: string | undefined
}

const defaultOrder: PhotoOrder = 'pixels'

/** Reads what an address says; what makes no sense in it is as if it were not there. */
export function readAddress(query: LocationQuery): CompareAddress {
  const text = (key: string) => (typeof query[key] === 'string' ? query[key] : undefined)
  const one = <Word extends string>(words: readonly Word[], key: string) => words.find(word => word === text(key))
  const ids = (text('e') ?? '').split(',').flatMap(part => numberOf(part) ?? [])
  return {
    ids: [...new Set(ids)].slice(0, mostCompared),
    tab: one(compareTabs, 'tab') ?? 'classes',
    sort: sortOf(text('sort')),
    rules: {
      averaging: one(averagings, 'average') ?? defaultScoreRules.averaging,
      rates: one(rateBases, 'rates') ?? defaultScoreRules.rates,
    },
    by: numberOf(text('by')),
    choice: choiceOf(text('c')),
    order: one(photoOrders, 'order') ?? defaultOrder,
    photo: numberOf(text('photo')),
    on: text('on') || undefined,
  }
}

/** The address that says it, without what is as usual. */
export function writeAddress({
  ids,
  tab,
  sort,
  rules,
  by,
  choice,
  order,
  photo,
  on,
}: CompareAddress): LocationQueryRaw {
  const parts = {
    e: ids.length > 0 ? ids.join(',') : undefined,
    tab: tab === 'classes' ? undefined : tab,
    sort: sortText(sort),
    average: rules.averaging === defaultScoreRules.averaging ? undefined : rules.averaging,
    rates: rules.rates === defaultScoreRules.rates ? undefined : rules.rates,
    by,
    c: choice && choiceText(choice),
    order: order === defaultOrder ? undefined : order,
    photo,
    on,
  }
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined))
}

function numberOf(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) && Number(text) > 0 ? Number(text) : undefined
}

/** `all`, a label, or `truth-predicted`. */
function choiceText(choice: PhotoChoice): string {
  if (choice.kind === 'all') return 'all'
  return choice.kind === 'label' ? String(choice.label) : `${choice.truth}-${choice.predicted}`
}

function choiceOf(text: string | undefined): PhotoChoice | undefined {
  if (text === 'all') return { kind: 'all' }
  const [, first, second] = /^(\d{1,3})(?:-(\d{1,3}))?$/.exec(text ?? '') ?? []
  if (first === undefined || Math.max(Number(first), Number(second ?? 0)) > 254) return undefined
  if (second === undefined) return { kind: 'label', label: Number(first) }
  return { kind: 'cell', truth: Number(first), predicted: Number(second) }
}
