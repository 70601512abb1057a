import { z } from 'zod'

const names = z.string().regex(/^[a-z0-9][a-z0-9-]*$/i, 'letters, digits and "-" (it names a folder)')

/** One step as it is written: what is left out is filled in by `checkRecipe`. */
export const recipeStep = z.strictObject({
  method: z.string().min(1),
  name: names.optional().describe('How later steps and commands call this step; the method when left out.'),
  preset: z.string().optional().describe("One of the method's named option sets; options given beside it win."),
  options: z.record(z.string(), z.unknown()).optional(),
  from: z.record(z.string(), names).optional().describe('Which earlier step gives an input: { scores: cam }.'),
})

/** A chain of methods, saved with each run. */
export const recipeSchema = z.strictObject({
  title: z.string().min(1),
  steps: z.array(recipeStep).min(1),
})

export type Recipe = z.output<typeof recipeSchema>
export type RecipeStep = Recipe['steps'][number]
