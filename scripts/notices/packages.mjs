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
 * The packages that Maskwright runs with, by name: those of package-lock.json that are not for development only.
 *
 * @param {string} root
 * @returns {Package[]}
 */
export function productionPackages(root) {
  /** @type {{ packages: Record<string, { version: string, license?: string, dev?: boolean, devOptional?: boolean, optional?: boolean }> }} */
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const packages = Object.entries(lock.packages)
    .filter(([folder, { dev, devOptional }]) => folder !== '' && dev !== true && devOptional !== true)
    .map(([folder, { version, license, optional }]) => ({
      name: folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? manifestLicence(join(root, folder)),
      optional: optional === true,
      folder,
    }))
  const unique = new Map(packages.map(each => [`${each.name} ${each.version}`, each]))
  return [...unique.values()].sort((a, b) => compare(a.name, b.name) || compare(a.version, b.version))
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
