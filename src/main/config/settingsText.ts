import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml'
import { WorkbenchError } from '../../shared/errors'

/** The settings file as it is written: with its comments, its order and its lines. */
export interface SettingsText {
  readonly document: Document
  /** What it says, before any of it is checked. */
  readonly values: unknown
  /** Line of a key, from 1; of the deepest key of the path that is there. */
  readonly lineOf: (path: readonly PropertyKey[]) => number | undefined
}

/** @throws USAGE with the line where it is no YAML */
export function parseSettings(text: string, file: string): SettingsText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [error] = document.errors
  if (error) {
    const { line, col } = lines.linePos(error.pos[0])
    throw new WorkbenchError(
      'USAGE',
      `Cannot read the settings in ${file}, line ${line}, column ${col}: ${error.message}`,
    )
  }
  return {
    document,
    values: document.toJS() ?? {},
    lineOf: path => {
      const offset = offsetOf(document, path)
      return offset === undefined ? undefined : lines.linePos(offset).line
    },
  }
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number | undefined {
  let node: unknown = document.contents
  let offset: number | undefined
  for (const name of path) {
    if (!isMap(node)) break
    const pair = node.items.find(({ key }) => isScalar(key) && key.value === name)
    if (pair === undefined) break
    if (isScalar(pair.key)) offset = pair.key.range?.[0]
    node = pair.value
  }
  return offset
}

/** `group.name` with what the file shall say; undefined: nothing, so that the default holds. */
export type SettingChanges = Readonly<Record<string, unknown>>

/** The file's text with other values: comments, order and all other keys stay as they are. */
export function changeSettings(text: string, changes: SettingChanges, file: string): string {
  const { document } = parseSettings(text, file)
  for (const [key, value] of Object.entries(changes)) {
    const path = key.split('.')
    if (value !== undefined) document.setIn(path, value)
    else if (document.hasIn(path)) removeIn(document, path)
  }
  const nothing = isMap(document.contents) && document.contents.items.length === 0
  if (nothing) document.contents = null
  return nothing && document.comment === null && document.commentBefore === null ? '' : document.toString()
}

/** A group that holds nothing any more goes with its last key. */
function removeIn(document: Document, path: readonly string[]): void {
  document.deleteIn(path)
  const [group] = path
  const left = document.getIn([group], true)
  if (isMap(left) && left.items.length === 0) document.delete(group)
}
