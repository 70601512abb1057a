import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { expect, test } from 'vitest'
import { importsOf, isLocal, packageOf, sourceFiles, type Import } from './architecture/imports'
import { allowedIndexFiles, areas, packageRules, sharedByScreens, type Area } from './architecture/rules'

const files = sourceFiles('src')
const production = files.filter(file => !file.endsWith('.test.ts'))
const imports = production.flatMap(importsOf)

function areaOf(file: string): Area | undefined {
  return areas.find(area => area.files.test(file))
}

test('every source file belongs to an area', () => {
  expect(production.filter(file => areaOf(file) === undefined)).toEqual([])
})

test('every rule names areas that exist', () => {
  const names = new Set(areas.map(({ name }) => name))
  const named = [
    ...areas.flatMap(({ may, types }) => [...may, ...(types ?? [])]),
    ...packageRules.flatMap(rule => rule.only),
  ]
  expect(named.filter(name => !names.has(name))).toEqual([])
})

test.each(areas)('$name imports only what it may', area => {
  const offences = imports.filter(({ from }) => areaOf(from) === area).filter(each => !isAllowed(area, each))
  expect(offences.map(describe)).toEqual([])
})

test.each(areas)('$name uses all that it may import', area => {
  const own = imports.filter(({ from }) => areaOf(from) === area)
  const targets = (typeOnly: boolean) =>
    own.filter(each => each.typeOnly === typeOnly).map(({ to }) => areaOf(to)?.name)
  expect(area.may.filter(name => !targets(false).includes(name))).toEqual([])
  expect((area.types ?? []).filter(name => !targets(true).includes(name))).toEqual([])
})

test('shared runs anywhere: it imports nothing but zod', () => {
  const foreign = imports.filter(({ from, to }) => from.startsWith('src/shared/') && !to.startsWith('src/shared/'))
  expect(foreign.filter(({ to }) => to !== 'zod').map(describe)).toEqual([])
})

test.each(packageRules)('$packages stays where it belongs: $why', ({ packages, only }) => {
  const users = imports.filter(each => !isLocal(each) && !each.typeOnly && packages.test(packageOf(each.to)))
  expect(users.filter(({ from }) => !only.includes(areaOf(from)?.name ?? '')).map(describe)).toEqual([])
})

test('no method imports another: methods meet through artefacts', () => {
  expect(importsAcross('src/main/methods/').map(describe)).toEqual([])
})

test('no screen imports another: what several take lies in shared/', () => {
  const across = importsAcross('src/renderer/src/views/').filter(({ to }) => !to.startsWith(sharedByScreens))
  expect(across.map(describe)).toEqual([])
})

test('what screens share is taken by more than one', () => {
  const shared = production.filter(file => file.startsWith(sharedByScreens))
  const takers = (file: string): Set<string | undefined> =>
    new Set(
      imports
        .filter(({ to }) => to === file)
        .flatMap(({ from }) => (from.startsWith(sharedByScreens) ? [...takers(from)] : [from.split('/')[4]])),
    )
  expect(shared.filter(file => takers(file).size < 2)).toEqual([])
})

test('listing the methods loads no TensorFlow', () => {
  const definitions = production.filter(file =>
    /^src\/main\/methods\/[^/]+\/([^/]+\/)?(method|options)\.ts$/.test(file),
  )
  const loaded = reachable([...definitions, 'src/main/methods/index.ts'])
  const loads = [...loaded].flatMap(file => importsOf(file)).filter(each => !each.typeOnly && !each.lazy)
  expect(loads.filter(({ to }) => /^(@tensorflow\/|koffi)/.test(to)).map(describe)).toEqual([])
})

test('no cycles', () => {
  expect(findCycle()).toEqual([])
})

test('no barrel files but the registries', () => {
  expect(files.filter(file => basename(file) === 'index.ts' && !allowedIndexFiles.includes(file))).toEqual([])
})

test('imports name files without their extension, and files that exist', () => {
  const broken = imports.filter(each => isLocal(each) && !/\.(ts|vue|css|mjs|txt|sql|json|yaml)$/.test(each.to))
  expect(broken.map(describe)).toEqual([])
})

test('every package that is imported is declared', () => {
  const { dependencies, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<
    string,
    Record<string, string>
  >
  const used = imports.filter(each => !isLocal(each) && !each.typeOnly && !each.to.startsWith('node:'))
  const undeclared = used.filter(
    ({ to }) => dependencies?.[packageOf(to)] === undefined && packageOf(to) !== 'electron',
  )
  expect(undeclared.map(describe)).toEqual([])
  expect(Object.keys(devDependencies ?? {}).filter(name => dependencies?.[name] !== undefined)).toEqual([])
})

function isAllowed(area: Area, { to, typeOnly }: Import): boolean {
  if (!to.startsWith('src/')) return true // packages have rules of their own
  const target = areaOf(to)
  if (target === undefined || target === area || target.name === 'shared') return true
  return area.may.includes(target.name) || (typeOnly && (area.types ?? []).includes(target.name))
}

/** Imports from one folder of `parent` into another one of it. */
function importsAcross(parent: string): Import[] {
  const folder = (file: string) =>
    file.startsWith(parent) && file.includes('/', parent.length) ? file.slice(parent.length).split('/')[0] : undefined
  return imports.filter(
    ({ from, to }) => folder(from) !== undefined && folder(to) !== undefined && folder(from) !== folder(to),
  )
}

/** The files that loading `start` loads: lazy imports and types are not followed. */
function reachable(start: readonly string[]): Set<string> {
  const seen = new Set<string>()
  const pending = [...start]
  for (let file = pending.pop(); file !== undefined; file = pending.pop()) {
    if (seen.has(file)) continue
    seen.add(file)
    pending.push(...importsFrom(file))
  }
  return seen
}

/** The first ring of files that load one another, or none. */
function findCycle(): string[] {
  const finished = new Set<string>()
  const path: string[] = []
  const visit = (file: string): string[] => {
    if (finished.has(file)) return []
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    path.push(file)
    for (const next of importsFrom(file)) {
      const cycle = visit(next)
      if (cycle.length > 0) return cycle
    }
    path.pop()
    finished.add(file)
    return []
  }
  for (const file of production) {
    const cycle = visit(file)
    if (cycle.length > 0) return cycle
  }
  return []
}

function importsFrom(file: string): string[] {
  return imports
    .filter(each => each.from === file && !each.typeOnly && !each.lazy && each.to.startsWith('src/'))
    .map(({ to }) => to)
}

function describe({ from, to }: Import): string {
  return `${from} → ${to}`
}
