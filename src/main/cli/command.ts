import { resolve } from 'node:path'
import { Command } from 'commander'
import { Output } from './output'

/** What every command has at hand. */
export interface CommandContext {
  readonly output: Output
  /** Aborts at Ctrl-C. */
  readonly signal: AbortSignal
  /** Absolute; `--project`, or the folder one is in. */
  readonly projectFolder: string
}

interface SharedOptions {
  readonly project?: string
  readonly json?: boolean
}

const interrupted = new AbortController()

/** Aborts once the person presses Ctrl-C; commands finish or undo what they hold and throw AbortError. */
export const interruption: AbortSignal = interrupted.signal

/** The first Ctrl-C stops in good order, the second at once. */
export function listenForInterruption(): void {
  const interrupt = () => {
    if (interruption.aborted) endAtOnce()
    interrupted.abort()
  }
  process.on('SIGINT', interrupt)
  process.on('SIGTERM', interrupt)
  process.on('SIGHUP', interrupt)
}

const showCursor = '\u001b[?25h'

/**
 * Ends this process as Ctrl-C ends one that does not listen: a shell says 130. `process.exit` would first wait for all
 * threads, and one that reads from a pipe or a drive that does not answer never ends.
 */
export function endAtOnce(): void {
  if (process.stderr.isTTY) process.stderr.write(showCursor) // a progress bar hides it
  process.removeAllListeners('SIGINT')
  process.kill(process.pid, 'SIGINT')
}

/** A command of commands, or the base of one: its errors are thrown, and `cli.ts` says them. */
export function commandGroup(name: string, description: string): Command {
  return new Command(name)
    .description(description)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
}

/** A command with `--json`, and with `--project` unless it is of no project. */
export function command(name: string, description: string, options: { readonly ofProject?: boolean } = {}): Command {
  const made = commandGroup(name, description).option('--json', 'one JSON document on standard output')
  if (options.ofProject ?? true) made.option('--project <dir>', 'the project folder (default: the current folder)')
  return made
}

/** Wraps what a command does for commander: `run` gets the context, then the arguments and the options. */
export function action<Arguments extends unknown[]>(
  run: (context: CommandContext, ...args: Arguments) => Promise<void>,
): (...args: unknown[]) => Promise<void> {
  return async (...args) => {
    // commander passes the arguments, the options and the command itself
    const { project, json } = args.at(-2) as SharedOptions
    const output = new Output(json ?? false)
    const context = { output, signal: interruption, projectFolder: resolve(project ?? '.') }
    try {
      await run(context, ...(args.slice(0, -1) as Arguments))
    } finally {
      output.end()
    }
  }
}
