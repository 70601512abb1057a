import { z } from 'zod'
import { methods } from '../../methods/index'
import { checkDraft } from '../../jobs/recipeDraft'
import { methodForm } from '../../jobs/optionFields'
import { parseShape } from '../../jobs/recipes'
import { readRecipe, shippedRecipes } from '../../jobs/recipeFiles'
import { parseSetting } from '../../jobs/recipeSettings'
import { mostSeed } from '../../../shared/contract/recipeForm'
import { procedure, projectProcedure, router } from '../trpc'

/** A recipe that is being written: it may be wrong in any way. */
export const draftSchema = z.object({ title: z.string().max(500), steps: z.array(z.looseObject({})).max(50) })
export const seedSchema = z.int().min(0).max(mostSeed)
export const splitSchema = z.string().max(255).optional()

/** Recipes and the methods that they are made of. Drafts do not fit into an address: asking about one is a POST. */
export const recipes = router({
  /** Everything that a form is drawn from. */
  catalogue: procedure.query(async () => ({
    methods: [...methods.values()].map(methodForm),
    recipes: await Promise.all(shippedRecipes.map(async name => ({ name, ...parseShape(await readRecipe(name)) }))),
  })),

  /** What is wrong with a draft, each at its place. */
  check: procedure.input(z.object({ recipe: draftSchema })).mutation(({ input }) => {
    const { plan, problems } = checkDraft(input.recipe)
    return { problems, steps: plan?.steps ?? null }
  }),

  /** `step.option=value` as addresses carry it, read as the command line reads it. */
  settings: procedure
    .input(z.object({ set: z.array(z.string().max(2000)).max(50) }))
    .query(({ input }) => input.set.map(parseSetting)),

  /** How long a draft takes here and how much memory; null while it cannot run. */
  estimate: projectProcedure
    .input(z.object({ recipe: draftSchema, split: splitSchema, seed: seedSchema, fresh: z.boolean().default(false) }))
    .mutation(async ({ ctx: { session, key, estimator }, input }) => {
      const { plan } = checkDraft(input.recipe)
      const { seed, fresh } = input
      if (plan === null) return null
      return estimator.estimate(key, session, { plan, split: session.knownSplit(input.split), seed, fresh })
    }),
})
