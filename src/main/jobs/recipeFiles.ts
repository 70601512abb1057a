import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { parse, YAMLParseError } from 'yaml'
import { WorkbenchError } from '../../shared/errors'
import { didYouMean } from '../../shared/nearestName'

/** The recipes that come with Maskwright, by name; their text is part of the build. */
const shipped: ReadonlyMap<string, string> = new Map(
  Object.entries(
    import.meta.glob<string>('../../../resources/recipes/*.yaml', { query: '?raw', import: 'default', eager: true }),
  ).map(([path, text]) => [basename(path, '.yaml'), text]),
)

export const shippedRecipes: readonly string[] = [...shipped.keys()].sort()

/** A recipe is a page of text: more is some other file. */
const largestRecipe = 1 << 20 // bytes

/**
 * Reads a recipe by the name of a shipped one or by its path.
 * @throws NOT_FOUND with the nearest name; RECIPE_INVALID with the line when the YAML does not parse
 */
export async function readRecipe(nameOrPath: string): Promise<unknown> {
  const text = shipped.get(nameOrPath) ?? (await readText(nameOrPath))
  try {
    return parse(text) as unknown
  } catch (cause) {
    const reason = cause instanceof YAMLParseError ? cause.message.split('\n')[0]!.replace(/:$/, '') : String(cause)
    throw new WorkbenchError('RECIPE_INVALID', `${nameOrPath} is not YAML: ${reason}.`, { cause })
  }
}

async function readText(path: string): Promise<string> {
  try {
    const bytes = await readFile(path)
    if (bytes.length > largestRecipe)
      throw new WorkbenchError('RECIPE_INVALID', `${path} has ${bytes.length} bytes: a recipe is a page of YAML.`)
    return bytes.toString('utf8')
  } catch (cause) {
    if (cause instanceof WorkbenchError) throw cause
    const hint = didYouMean(basename(path, '.yaml'), shippedRecipes)
    throw new WorkbenchError('NOT_FOUND', `There is no recipe "${path}", neither a file nor a shipped one${hint}`, {
      cause,
    })
  }
}
