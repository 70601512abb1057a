import type { Command } from 'commander'
import { z } from 'zod'
import { WorkbenchError } from '../../shared/errors'
import type { RunRow } from '../db/schema'
import type { Emit } from '../../shared/contract/runEvents'
import type { ProjectSession } from '../host/projectSession'
import { shippedRecipes } from '../jobs/recipeFiles'
import { exactDuration } from './exactDuration'
import { action, command, type CommandContext } from './command'
import type { Output } from './output'
import { parseOptions } from './parseOptions'
import { withSession } from './withSession'

const runOptions = z.object({
  set: z.array(z.string()).default([]),
  seed: z
    .int()
    .min(0)
    .max(2 ** 31 - 1)
    .default(666)
    .describe("LPCAM's own seed: figures can be compared with its."),
  name: z.string().min(1).optional(),
  split: z.string().optional(),
  fresh: z.boolean().default(false),
  resume: z.int().min(1).optional(),
})

/** `maskwright run RECIPE`: train, make maps, make masks. */
export function runCommand(): Command {
  return command('run', 'run a recipe: train, make maps, make masks; without a recipe, the runs that wait')
    .argument('[recipe]', `a shipped recipe (${shippedRecipes.join(', ')}) or the path of a YAML file`)
    .option('--set <step.option=value>', 'over the recipe; may be given again', collect, [])
    .option('--seed <number>', 'of everything that is drawn at random (default: 666)')
    .option('--name <name>', 'what to call the run (default: the title of the recipe)')
    .option('--split <name>', 'photos of this split only (default: all)')
    .option('--fresh', 'compute every step, also those that a finished run has made of the same')
    .option('--resume <id>', 'go on with a run that was cancelled, interrupted or failed')
    .action(
      action(async (context, recipe: string | undefined, options: object) => {
        const parsed = parseOptions(runOptions, options)
        if (recipe !== undefined && parsed.resume !== undefined)
          throw new WorkbenchError('USAGE', 'Either a recipe or --resume: a resumed run keeps the recipe it has.')
        const ended = await withSession(
          context,
          async session => {
            const ids = await chosenRuns(session, recipe, parsed, context.output)
            return runAll(session, ids, context)
          },
          show(context.output),
        )
        report(ended, context)
      }),
    )
}

function collect(value: string, before: string[]): string[] {
  return [...before, value]
}

async function chosenRuns(
  session: ProjectSession,
  recipe: string | undefined,
  { set, seed, name, split, fresh, resume }: z.output<typeof runOptions>,
  output: Output,
): Promise<number[]> {
  if (resume !== undefined) {
    session.queue.resume(resume)
    return [resume]
  }
  const waiting = session.queue.waiting()
  if (recipe === undefined) {
    if (waiting.length > 0) return waiting.map(({ id }) => id)
    throw new WorkbenchError('USAGE', 'No run waits: name a recipe, such as `maskwright run lpcam`.')
  }
  for (const { id } of waiting)
    output.note(`Run ${id} was interrupted: \`maskwright run --resume ${id}\` goes on with it.`)
  const request = { recipe, settings: set, seed, fresh, ...(name === undefined ? {} : { name }) }
  const { run, notes } = await session.enqueue({ ...request, ...(split === undefined ? {} : { split }) })
  for (const note of notes) output.note(note)
  return [run.id]
}

async function runAll(session: ProjectSession, ids: readonly number[], { signal }: CommandContext): Promise<RunRow[]> {
  const cancel = () => ids.forEach(id => session.queue.cancel(id))
  signal.addEventListener('abort', cancel)
  if (signal.aborted) cancel()
  const ended: RunRow[] = []
  for (const id of ids) if (!signal.aborted) ended.push(await session.queue.runToEnd(id))
  return ended
}

/** Steps as lines, their progress as a bar, and what the methods have to say. */
function show(output: Output): Emit {
  let startedAt = 0
  return event => {
    switch (event.type) {
      case 'step': {
        const place = `[${event.place + 1}/${event.steps}] ${event.step}`
        if (event.state === 'running') startedAt = performance.now()
        if (event.state === 'running') output.note(place)
        else if (event.state === 'skipped') output.note(`${place}: done before`)
        else if (event.state === 'taken over') output.note(`${place}: taken over from run ${event.origin}`)
        else output.note(`${place}: done in ${exactDuration(performance.now() - startedAt)}`)
        break
      }
      case 'progress':
        output.progress(event.step, event.progress)
        break
      case 'log':
        output.note(`  ${event.line}`)
        break
      case 'state':
        if (event.state === 'cancelled')
          output.note(`Run ${event.runId} is cancelled: \`maskwright run --resume ${event.runId}\` goes on with it.`)
    }
  }
}

/** @throws what the first run that failed met, and AbortError where one was cancelled: they set the exit code */
function report(ended: readonly RunRow[], { output, signal }: CommandContext): void {
  const failed = ended.find(run => run.state === 'failed')
  if (failed?.error) throw new WorkbenchError(failed.error.code, failed.error.message)
  signal.throwIfAborted()
  const rows = ended.map(({ id, name, state, seed, split, datasetHash, engine }) => {
    return { id, name, state, seed, split, datasetHash, engine }
  })
  const last = rows.at(-1)!
  output.result(
    rows.length === 1 ? last : rows,
    `Run ${last.id} (${last.name}) is done. Next: \`maskwright evaluate --run ${last.id}\`.`,
  )
}
