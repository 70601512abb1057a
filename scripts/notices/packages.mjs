import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {object} Package
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX, as its manifest says
 * @property {boolean} optional a binary for one platform
 * @property {string} folder
 */

/**
 * @typedef {object} LockedPackage an entry of package-lock.json
 * @property {string} version
 * @property {string} [license]
 * @property {boolean} [optional]
 * @property {Record<string, string>} [dependencies]
 * @property {Record<string, string>} [optionalDependencies]
 * @property {Record<string, string>} [peerDependencies]
 * @property {Record<string, { optional?: boolean }>} [peerDependenciesMeta]
 */

/**
 * The packages that Maskwright runs with, by name: what the manifest's dependencies reach in package-lock.json. The
 * lock's own marks will not do: npm leaves the binaries of a development tool unmarked where a package we run with
 * names that tool as an optional peer.
 *
 * @param {string} root
 * @returns {Package[]}
 */
export function productionPackages(root) {
  /** @type {{ packages: Record<string, LockedPackage> }} */
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const packages = reachedFolders(lock.packages).map(folder => {
    const { version, license, optional } = /** @type {LockedPackage} */ (lock.packages[folder])
    return {
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? manifestLicence(join(root, folder)),
      optional: optional === true,
      folder,
    }
  })
  const unique = new Map(packages.map(each => [`${each.name} ${each.version}`, each]))
  return [...unique.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
}

/**
 * @param {Record<string, LockedPackage>} packages
 * @returns {string[]}
 */
function reachedFolders(packages) {
  const reached = new Set([''])
  for (const folder of reached) {
    for (const name of dependencyNames(/** @type {LockedPackage} */ (packages[folder]))) {
      const found = resolvedFolder(packages, folder, name)
      if (found !== undefined) reached.add(found)
    }
  }
  reached.delete('')
  return [...reached]
}

/** @param {LockedPackage} entry */
function dependencyNames({ dependencies, optionalDependencies, peerDependencies, peerDependenciesMeta }) {
  const peers = Object.keys(peerDependencies ?? {}).filter(name => peerDependenciesMeta?.[name]?.optional !== true)
  return [...Object.keys(dependencies ?? {}), ...Object.keys(optionalDependencies ?? {}), ...peers]
}

/**
 * Where Node finds the package `name` from within `folder`: its own node_modules first, then those above it.
 *
 * @param {Record<string, LockedPackage>} packages
 * @param {string} folder
 * @param {string} name
 */
function resolvedFolder(packages, folder, name) {
  for (let from = folder; ; from = from.slice(0, Math.max(0, from.lastIndexOf('/node_modules/')))) {
    const candidate = from === '' ? `node_modules/${name}` : `${from}/node_modules/${name}`
    if (candidate in packages) return candidate
    if (from === '') return undefined
  }
}

/**
 * The texts of a package's licence and notice files.
 *
 * @param {string} folder
 * @returns {string[]}
 */
export function licenceTexts(folder) {
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => /^(licen[cs]e|copying|notice)([.-]|$)/i.test(name) && !/\.(js|ts|json|html)$/.test(name))
    .sort()
    .map(name =>
      readFileSync(join(folder, name), 'utf8')
        .replace(/\r\n/g, '\n')
        .replace(/[ \t]+$/gm, '')
        .trim(),
    )
}

/** @param {string} folder */
function manifestLicence(folder) {
  const file = join(folder, 'package.json')
  if (!existsSync(file)) return 'not stated'
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'))
  return license?.type ?? license ?? licenses?.[0]?.type ?? 'not stated'
}

/** @param {string} a @param {string} b */
function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0
}
