import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import ts from 'typescript'

/** One import, export-from or `import()` of a source file. */
export interface Import {
  /** The importing file, from the project's root, e.g. `src/main/db/open.ts`. */
  readonly from: string
  /** A file from the project's root, or a package's name as written. */
  readonly to: string
  /** `import type`: erased when built, so it loads nothing. */
  readonly typeOnly: boolean
  /** `import()`: loaded when it is called, not with the module. */
  readonly lazy: boolean
}

/** Every TypeScript file and Vue component under `folder`, from the project's root. */
export function sourceFiles(folder: string): string[] {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map(name => join(folder, name))
    .filter(name => (name.endsWith('.ts') && !name.endsWith('.d.ts')) || name.endsWith('.vue'))
    .sort()
}

/** What a file imports, by TypeScript's own parser; `import.meta.glob` of the registries is not an import. */
export function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, scriptOf(file), ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const add = (specifier: ts.Node | undefined, typeOnly: boolean, lazy: boolean) => {
    if (specifier !== undefined && ts.isStringLiteral(specifier))
      found.push({ from: file, to: resolveImport(file, specifier.text), typeOnly, lazy })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) add(node.moduleSpecifier, isTypeOnlyImport(node), false)
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly, false)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true, false)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false, true)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

/** A file's TypeScript: all of it, or what a Vue component has between its script tags. */
function scriptOf(file: string): string {
  const text = readFileSync(file, 'utf8')
  if (!file.endsWith('.vue')) return text
  return [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map(([, script]) => script).join('\n')
}

/** `import type { A }` and `import { type A, type B }` alike; `import './x'` is for its effects. */
function isTypeOnlyImport({ importClause }: ts.ImportDeclaration): boolean {
  if (importClause === undefined) return false
  if (importClause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { namedBindings, name } = importClause
  if (name !== undefined || namedBindings === undefined || ts.isNamespaceImport(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every(element => element.isTypeOnly)
}

function resolveImport(from: string, specifier: string): string {
  if (!specifier.startsWith('.')) return specifier
  const path = normalize(join(dirname(from), specifier.replace(/\?.*$/, '')))
  const candidates = [path, `${path}.ts`, `${path}/index.ts`]
  return candidates.find(candidate => statSync(candidate, { throwIfNoEntry: false })?.isFile()) ?? path
}

/** `@scope/name/deep` → `@scope/name`; `node:fs` stays as it is. */
export function packageOf(specifier: string): string {
  const parts = specifier.split('/')
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : parts[0]!
}

/** True where the import leads to a file of ours. */
export function isLocal({ to }: Import): boolean {
  return /^(src|tests|bench|resources|scripts)\//.test(to) || to.startsWith('..')
}
