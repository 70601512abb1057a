type Version = readonly [major: number, minor: number, patch: number]

/**
 * True where a Node version lies in an `engines.node` range. It knows the forms that our dependencies use —
 * `||`, several bounds, `>=`, `<`, `^`, `~`, `20.x` — and refuses others instead of guessing.
 */
export function nodeRangeHolds(range: string, node: string): boolean {
  const version = parseVersion(node)
  const tidy = range.replace(/(>=|<|\^|~)\s+/g, '$1')
  return tidy.split('||').some(part =>
    part
      .trim()
      .split(/\s+/)
      .every(bound => holds(bound, version)),
  )
}

function holds(bound: string, version: Version): boolean {
  const match = /^(>=|<|\^|~|)v?(\d+|\*)(?:\.(\d+|x|\*))?(?:\.(\d+|x|\*))?$/.exec(bound)
  if (match === null) throw new Error(`engines: "${bound}" is a form this test does not know`)
  const [, operator, ...parts] = match
  const given = parts.filter(part => part !== undefined && /^\d+$/.test(part)).length
  const wanted = parseVersion(parts.map(part => (/^\d+$/.test(part ?? '') ? part : '0')).join('.'))
  switch (operator) {
    case '>=':
      return compare(version, wanted) >= 0
    case '<':
      return compare(version, wanted) < 0
    case '^':
      return compare(version, wanted) >= 0 && version[0] === wanted[0]
    case '~':
      return compare(version, wanted) >= 0 && version[0] === wanted[0] && version[1] === wanted[1]
    default:
      return version.slice(0, given).every((n, i) => n === wanted[i])
  }
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function parseVersion(text: string): Version {
  const [major = 0, minor = 0, patch = 0] = text.split('.').map(Number)
  return [major, minor, patch]
}
