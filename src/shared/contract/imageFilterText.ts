import { imageFilterSchema, type ImageFilter } from './imageFilter'

/** How a part of a filter is called in an address. */
type Key = keyof ImageFilter

const lists = ['classes', 'without', 'among'] as const satisfies readonly Key[]
const words = ['split', 'text', 'problem', 'review'] as const satisfies readonly Key[]

/** What an address calls the parts of a filter. */
export const filterKeys: readonly string[] = [...lists, ...words, 'truth']

/** A filter as the query of an address: `classes=0,3&split=train&truth=1`. Parts that are not given are left out. */
export function filterToQuery(filter: ImageFilter): Record<string, string> {
  const query: Record<string, string> = {}
  for (const key of lists) if (filter[key]?.length) query[key] = filter[key].join(',')
  for (const key of words) if (filter[key] !== undefined) query[key] = filter[key]
  if (filter.truth !== undefined) query['truth'] = filter.truth ? '1' : '0'
  return query
}

/** Whether two filters say the same. */
export function isSameFilter(a: ImageFilter, b: ImageFilter): boolean {
  return JSON.stringify(filterToQuery(a)) === JSON.stringify(filterToQuery(b))
}

/** The filter that an address names. A part that cannot be read, as in an address typed by hand, is left out. */
export function filterFromQuery(query: Readonly<Record<string, unknown>>): ImageFilter {
  const parts: Partial<Record<Key, unknown>> = {}
  for (const key of lists) if (typeof query[key] === 'string') parts[key] = query[key].split(',').map(Number)
  for (const key of words) if (typeof query[key] === 'string') parts[key] = query[key]
  if (query['truth'] === '1' || query['truth'] === '0') parts.truth = query['truth'] === '1'
  const readable = Object.entries(parts).filter(([key, value]) => imageFilterSchema.safeParse({ [key]: value }).success)
  return imageFilterSchema.parse(Object.fromEntries(readable))
}
