import type { Command } from 'commander'
import { z } from 'zod'
import { reviewOrders, reviewQueueSchema, reviewRuleSchema, type QueueItem } from '../../shared/contract/reviewQueue'
import { reviewDecisions, type ReviewDecision } from '../../shared/contract/review'
import { reviewStates } from '../../shared/contract/states'
import { countOf } from '../../shared/text/amounts'
import type { ProjectSession, Work } from '../host/projectSession'
import { action, command } from './command'
import { parseOptions } from './parseOptions'
import { rebaseCommand } from './reviewRebase'
import { reviewSourceOf } from './reviewSourceOf'
import { versionsCommand } from './reviewVersions'
import { table } from './table'
import { shownWork, withSession } from './withSession'

const reviewOptions = z.object({
  run: z.int().min(1).optional(),
  step: z.string().optional(),
  order: z.enum(reviewOrders).default('gain'),
  state: z.enum(reviewStates).optional(),
  split: z.string().optional(),
  limit: z.int().min(1).max(500).default(20),
  seed: z.int().min(0).default(0),
  decide: z.enum(reviewDecisions).optional(),
  atLeast: z.number().optional(),
  atMost: z.number().optional(),
  dryRun: z.boolean().default(false),
})

/** `maskwright review`: how far the review is, what comes next, and decisions by rule; below it, single masks and all. */
export function reviewCommand(): Command {
  return command('review', 'how far the review is and what comes next; or decide on many masks by a rule')
    .enablePositionalOptions() // what stands behind a command of its own is for that one
    .addCommand(versionsCommand())
    .addCommand(rebaseCommand())
    .option('--run <id>', 'default: the latest finished run')
    .option('--step <name>', 'a step with masks (default: the last)')
    .option('--order <order>', `${reviewOrders.join(', ')} (default: gain)`)
    .option('--state <state>', `only photos in this state: ${reviewStates.join(', ')}`)
    .option('--split <name>', 'only the photos of this split')
    .option('--limit <n>', 'photos that are listed (default: 20)')
    .option('--seed <n>', 'of the order random (default: 0)')
    .option('--decide <decision>', `say it of all photos that are meant: ${reviewDecisions.join(', ')}`)
    .option('--at-least <value>', 'with --decide: only where the value of the order is this much or more')
    .option('--at-most <value>', 'with --decide: only where the value of the order is this much or less')
    .option('--dry-run', 'with --decide: say what would be decided, change nothing')
    .action(
      action(async (context, given: object) => {
        const options = parseOptions(reviewOptions, given)
        const work = shownWork(context, 'review')
        const answer = await withSession(context, session => review(session, options, work))
        context.output.result(answer, textOf(answer))
      }),
    )
}

type ReviewOptions = z.output<typeof reviewOptions>

const outcomes: Readonly<Record<ReviewDecision, string>> = {
  accept: 'accepted',
  reject: 'rejected',
  unsure: 'marked as unsure',
  clear: 'unreviewed again',
}

/** What the command says of the project. */
interface ReviewAnswer {
  readonly order: string
  readonly counts: Readonly<Record<string, number>>
  readonly drafts: number
  /** Photos that a rule decided on, or would; null where none was asked for. */
  readonly decided: { readonly decision: ReviewDecision; readonly photos: number; readonly dryRun: boolean } | null
  readonly items: readonly QueueItem[]
}

async function review(session: ProjectSession, options: ReviewOptions, work: Work): Promise<ReviewAnswer> {
  const { order, state, split, limit, decide, atLeast, atMost, dryRun } = options
  const chosen = session.knownSplit(split)
  const filter = chosen === undefined ? {} : { split: chosen }
  const states = state === undefined ? {} : { states: [state] }
  const list = { source: reviewSourceOf(session, options), order, seed: options.seed, filter }
  await session.reviewQueues.measured(list, work)
  const decided = decide === undefined ? null : { decision: decide, dryRun, photos: 0 }
  if (decided !== null) {
    const rule = reviewRuleSchema.parse({ ...list, ...states, atLeast, atMost, decision: decide })
    const meant = await session.reviewQueues.meantBy(rule)
    decided.photos = dryRun ? meant.length : session.review.decideMany(meant, rule).size
  }
  const { items } = await session.reviewQueues.page(reviewQueueSchema.parse({ ...list, ...states, limit }))
  const { counts, drafts } = session.review.progress(filter)
  return { order, counts, drafts, decided, items }
}

function textOf({ counts, drafts, decided, items, order }: ReviewAnswer): string {
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`)
  const lines = [`${states.join(', ')}; ${countOf(drafts, 'draft')}`]
  if (decided !== null)
    lines.push(`${decided.dryRun ? 'would be ' : ''}${outcomes[decided.decision]}: ${countOf(decided.photos, 'photo')}`)
  const columns = [{ title: 'photo' }, { title: 'state' }, { title: order, align: 'right' as const }]
  const rows = items.map(({ stem, state, value }) => [stem, state, value === null ? '–' : valueText(value)])
  return [...lines, '', table(columns, rows)].join('\n')
}

function valueText(value: number): string {
  return Number.isInteger(value) ? String(value) : value.toFixed(4)
}
