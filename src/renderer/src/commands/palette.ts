import { fuzzyMatch } from './fuzzy'

export const paletteKinds = ['command', 'screen', 'project', 'class', 'run', 'photo'] as const
export type PaletteKind = (typeof paletteKinds)[number]

/** Something that the palette finds. */
export interface PaletteEntry {
  /** Unique among all kinds. */
  readonly id: string
  readonly kind: PaletteKind
  readonly title: string
  /** What tells it from others of its name: the command's group, the run's state. */
  readonly detail?: string
  /** Names of its keys. */
  readonly keys?: readonly string[]
  readonly enabled: boolean
  readonly run: () => unknown
}

export interface RankedEntry {
  readonly entry: PaletteEntry
  /** Places in the title that the query met. */
  readonly places: readonly number[]
}

/** Kinds that are listed before anything was typed: the rest is too many. */
const listedKinds: readonly PaletteKind[] = ['command', 'screen', 'project']

/**
 * What the palette shows for a query, the best first: by how well the title meets it, then by the group and title
 * together. Without a query: what was used lately, then all that can be done.
 *
 * @param recent ids, the newest first
 */
export function rankEntries(
  query: string,
  entries: readonly PaletteEntry[],
  recent: readonly string[],
  limit = 60,
): readonly RankedEntry[] {
  if (query.trim() === '') return usual(entries, recent).slice(0, limit)
  const ranked = entries.flatMap(entry => {
    const match = fuzzyMatch(query, entry.title)
    if (match) return [{ entry, places: match.places, score: match.score + bonus(entry, recent) }]
    const wider = fuzzyMatch(query, `${entry.detail ?? ''} ${entry.title}`)
    return wider ? [{ entry, places: [], score: wider.score / 2 + bonus(entry, recent) }] : []
  })
  return ranked.sort((a, b) => b.score - a.score).slice(0, limit)
}

function usual(entries: readonly PaletteEntry[], recent: readonly string[]): readonly RankedEntry[] {
  const byId = new Map(entries.map(entry => [entry.id, entry]))
  const lately = recent.flatMap(id => byId.get(id) ?? []).filter(({ enabled }) => enabled)
  const others = entries.filter(entry => listedKinds.includes(entry.kind) && !lately.includes(entry))
  return [...lately, ...others].map(entry => ({ entry, places: [] }))
}

/** What was used lately goes before what meets the query as well; what cannot be done goes behind. */
function bonus({ id, enabled }: PaletteEntry, recent: readonly string[]): number {
  return (recent.includes(id) ? 2 : 0) - (enabled ? 0 : 8)
}

export interface TextPart {
  readonly text: string
  readonly met: boolean
}

/** A title cut where the query's letters begin and end, for marking them. */
export function markedParts(title: string, places: readonly number[]): readonly TextPart[] {
  const met = new Set(places)
  const parts: { text: string; met: boolean }[] = []
  for (let i = 0; i < title.length; i++) {
    const last = parts.at(-1)
    if (last?.met === met.has(i)) last.text += title[i]!
    else parts.push({ text: title[i]!, met: met.has(i) })
  }
  return parts
}
