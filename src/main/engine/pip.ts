import { WorkbenchError } from '../../shared/errors'

/**
 * The wheels we pin are for CPython 3.11 on manylinux2014: with these flags any Python's pip fetches them, and
 * `--only-binary` keeps it from ever running a package's own code.
 */
const platformArguments = [
  '--no-deps',
  '--only-binary=:all:',
  '--require-hashes',
  '--python-version=3.11',
  '--platform=manylinux2014_x86_64',
  '--implementation=cp',
]

/** `pip` arguments that fetch the wheels of a requirements file; wheels already in `wheels` are not fetched again. */
export function downloadArguments(requirements: string, wheels: string): string[] {
  return ['-m', 'pip', 'download', ...platformArguments, '--dest', wheels, '-r', requirements]
}

/** `pip` arguments that unpack fetched wheels into `target`, without the network. */
export function unpackArguments(requirements: string, wheels: string, target: string): string[] {
  const offline = ['--no-index', '--find-links', wheels, '--no-compile']
  return ['-m', 'pip', 'install', ...platformArguments, ...offline, '--target', target, '-r', requirements]
}

interface Explanation {
  readonly pattern: RegExp
  readonly code: 'DISK_FULL' | 'ENGINE_MISSING'
  readonly sentence: string
}

/** What pip says, from the most to the least telling. */
const explanations: readonly Explanation[] = [
  {
    pattern: /No space left on device|Errno 28/,
    code: 'DISK_FULL',
    sentence: 'The disk is full: free some space, then run the same command again.',
  },
  {
    pattern: /DO NOT MATCH THE HASHES/,
    code: 'ENGINE_MISSING',
    sentence:
      'A downloaded file is not the one that is pinned (its SHA-256 differs), so it was not installed: ' +
      'try again, and if it happens again ask who runs your package mirror.',
  },
  {
    pattern: /No module named pip/,
    code: 'ENGINE_MISSING',
    sentence: 'Python is here but its pip is not: `sudo apt install python3-pip`, or `python3 -m ensurepip --user`.',
  },
  {
    pattern: /Permission denied|Errno 13/,
    code: 'ENGINE_MISSING',
    sentence: 'The data folder cannot be written: set MASKWRIGHT_DATA to a folder of yours.',
  },
  {
    pattern:
      /NewConnectionError|Max retries|ConnectTimeout|ReadTimeout|ProxyError|name resolution|Could not find a version/,
    code: 'ENGINE_MISSING',
    sentence:
      'The package index cannot be reached, or does not hold this version: check the network, the proxy and the index ' +
      'that `pip config list` shows, then run the same command again; what was fetched is kept.',
  },
]

/** pip's output as an error: the cause and its remedy where we know it, else pip's last words. */
export function explainPipFailure(what: string, output: string): WorkbenchError {
  const known = explanations.find(({ pattern }) => pattern.test(output))
  if (known !== undefined) return new WorkbenchError(known.code, `Cannot install ${what}. ${known.sentence}`)
  const lines = output.split('\n').filter(line => line.trim() !== '' && !/^(WARNING|\[notice\])/.test(line))
  return new WorkbenchError(
    'ENGINE_MISSING',
    `Cannot install ${what}: pip said "${lines.at(-1)?.trim() ?? 'nothing'}".`,
  )
}

/** The sentence where no Python is found. */
export function pythonMissing(what: string): WorkbenchError {
  return new WorkbenchError(
    'ENGINE_MISSING',
    `Cannot install ${what}: no Python 3 was found (it is only used to fetch files). ` +
      'Install it with its pip (Debian, Ubuntu: `sudo apt install python3 python3-pip`), or name one in PYTHON.',
  )
}
