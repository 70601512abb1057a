import type { ErrorData } from '../../shared/errors'
import type { JobProgress } from '../../shared/contract/states'
import { progressView, type ProgressView } from './progress'

/** What a command says: its result on standard output, everything on the way there on standard error. */
export class Output {
  readonly #json: boolean
  readonly #out: NodeJS.WritableStream
  readonly #err: NodeJS.WriteStream
  readonly #view: ProgressView

  constructor(json: boolean, out: NodeJS.WritableStream = process.stdout, err: NodeJS.WriteStream = process.stderr) {
    this.#json = json
    this.#out = out
    this.#err = err
    this.#view = progressView(err)
  }

  /** The one result: with --json `data` as one document, else `text` for people. */
  result(data: unknown, text: string): void {
    this.#view.clear()
    this.#out.write(this.#json ? `${JSON.stringify(data, null, 2)}\n` : `${text}\n`)
  }

  /** A line for the person who waits. */
  note(line: string): void {
    this.#view.clear()
    this.#err.write(`${line}\n`)
  }

  progress(title: string, progress: JobProgress): void {
    this.#view.update(title, progress)
  }

  /** One sentence; with --json also a document, so that a program need not read sentences. */
  error(error: ErrorData, stack: string | undefined): void {
    this.note(stack ?? error.message)
    if (this.#json) this.#out.write(`${JSON.stringify({ error }, null, 2)}\n`)
  }

  /** Takes the progress bar away. */
  end(): void {
    this.#view.clear()
  }
}
