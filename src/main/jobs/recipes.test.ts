import { expect, test } from 'vitest'
import { tinyMethods } from '../../../tests/fixtures/methods/tiny'
import { labelSteps } from './findStep'
import { checkDraft } from './recipeDraft'
import { checkRecipe, parseShape } from './recipes'
import { applySettings, parseSetting } from './recipeSettings'
import { readRecipe, shippedRecipes } from './recipeFiles'

const chain = { title: 'Chain', steps: [{ method: 'learn' }, { method: 'seeds' }, { method: 'cut' }] }
const plan = (steps: object[]) => checkRecipe({ title: 'Test', steps }, tinyMethods)

test('a recipe gets its defaults and its links', () => {
  expect(checkRecipe(chain, tinyMethods).steps).toEqual([
    { name: 'learn', method: 'learn', options: { rounds: 3, train: 'head', pace: 0, fail: 'never' }, from: {} },
    { name: 'seeds', method: 'seeds', options: { tau: 0.5, scales: [1] }, from: { classifier: 'learn' } },
    { name: 'cut', method: 'cut', options: { threshold: 0.5 }, from: { scores: 'seeds' } },
  ])
})

test('a plan is a recipe that checks to itself: a resumed run keeps its options', () => {
  const first = checkRecipe(chain, tinyMethods)
  expect(checkRecipe(JSON.parse(JSON.stringify(first)), tinyMethods)).toEqual(first)
})

test('an input comes from the latest step that gives it, or from the one that is named', () => {
  const steps = [{ method: 'learn' }, { method: 'seeds' }, { method: 'seeds', name: 'more' }]
  expect(plan([...steps, { method: 'cut' }]).steps[3]!.from).toEqual({ scores: 'more' })
  expect(plan([...steps, { method: 'cut', from: { scores: 'seeds' } }]).steps[3]!.from).toEqual({ scores: 'seeds' })
})

test('a preset lies under the options that are given beside it', () => {
  const options = (step: object) => plan([{ method: 'learn' }, { method: 'seeds', ...step }]).steps[1]!.options
  expect(options({ preset: 'official' })).toEqual({ tau: 0.1, scales: [1, 2] })
  expect(options({ preset: 'official', options: { tau: 0.2 } })).toEqual({ tau: 0.2, scales: [1, 2] })
})

test.each([
  ['an unknown method', [{ method: 'seed' }], 'There is no method "seed": did you mean "seeds"?'],
  [
    'an unknown option',
    [{ method: 'learn', options: { round: 1 } }],
    'learn has no option "round": did you mean "rounds"?',
  ],
  [
    'an unknown preset',
    [{ method: 'learn' }, { method: 'seeds', preset: 'offical' }],
    'seeds has no preset "offical": did you mean "official"?',
  ],
  [
    'a value above its bound',
    [{ method: 'learn' }, { method: 'seeds', options: { tau: 3 } }],
    'seeds.tau must be ≤ 1, got 3.',
  ],
  [
    'a value of the wrong kind',
    [{ method: 'learn', options: { rounds: 'many' } }],
    'learn.rounds must be a number, got "many".',
  ],
  [
    'an input that nobody gives',
    [{ method: 'learn' }, { method: 'cut' }],
    'cut needs scores, and no step before it gives any: put seeds before it.',
  ],
  [
    'an input before its source',
    [{ method: 'cut' }, { method: 'learn' }, { method: 'seeds' }],
    'cut needs scores, and no step before it gives any: put seeds before it.',
  ],
  [
    'a source that gives something else',
    [{ method: 'learn' }, { method: 'seeds' }, { method: 'cut', from: { scores: 'learn' } }],
    'cut takes scores from "learn", which gives none.',
  ],
  [
    'a source that does not exist',
    [{ method: 'learn' }, { method: 'seeds' }, { method: 'cut', from: { scores: 'seds' } }],
    'cut takes scores from "seds", which is no step before it: did you mean "seeds"?',
  ],
  [
    'an input that is not taken',
    [{ method: 'learn' }, { method: 'seeds', from: { labels: 'learn' } }],
    'seeds takes no labels: its inputs are classifier.',
  ],
  [
    'two steps of one name',
    [{ method: 'learn' }, { method: 'learn' }],
    'Two steps are called "learn": give one of them another name.',
  ],
  [
    'a key that a step does not have',
    [{ method: 'learn', option: {} }],
    'The recipe cannot be used: steps.0 has no "option": did you mean "options"?',
  ],
  [
    'a name that is a path',
    [{ method: 'learn', name: '../x' }],
    'The recipe cannot be used: steps.0.name must be letters, digits and "-" (it names a folder), got "../x".',
  ],
  ['no step', [], 'The recipe cannot be used: steps must be a list of ≥ 1 items, got [].'],
])('%s is refused with a sentence', (_case, steps, sentence) => {
  expect(() => plan(steps)).toThrow(sentence)
})

test('a file that is no recipe is refused', () => {
  expect(() => checkRecipe('hello', tinyMethods)).toThrow('The recipe cannot be used')
  expect(() => checkRecipe({ steps: [{ method: 'learn' }] }, tinyMethods)).toThrow('title is missing')
})

test('a setting is read as YAML reads a value', () => {
  expect(parseSetting('seeds.scales=[0.5, 1]')).toEqual({ step: 'seeds', option: 'scales', value: [0.5, 1] })
  expect(parseSetting('cut.threshold=0.3').value).toBe(0.3)
  expect(parseSetting('learn.train=all').value).toBe('all')
  expect(parseSetting('a.b=x=y').value).toBe('x=y')
})

test('a setting wins over the recipe, a preset among them', () => {
  const set = (...texts: string[]) => applySettings(parseShape(chain), texts.map(parseSetting))
  const options = checkRecipe(set('seeds.preset=official', 'seeds.tau=0.3'), tinyMethods).steps[1]!.options
  expect(options).toEqual({ tau: 0.3, scales: [1, 2] })
})

test('a setting that cannot be meant is refused', () => {
  expect(() => parseSetting('tau')).toThrow('--set takes step.option=value')
  expect(() => parseSetting('a.b=[1')).toThrow('--set a.b: cannot read the value "[1"')
  expect(() => applySettings(parseShape(chain), [parseSetting('seed.tau=1')])).toThrow('did you mean "seeds"?')
})

test('the shipped recipes are found by name, and a slip is answered with the nearest', async () => {
  expect(shippedRecipes).toEqual([
    'cam',
    'full',
    'import-cams',
    'lpcam',
    'lpcam-crf',
    'lpcam-finetuned',
    'lpcam-irn',
    'sfc',
    'sfc-crf',
    'sfc-lpcam',
  ])
  expect(parseShape(await readRecipe('lpcam')).title).toBe('LPCAM')
  await expect(readRecipe('lpcma')).rejects.toThrow('did you mean "lpcam"?')
})

test.each(shippedRecipes)('the shipped recipe %s checks against the methods there are', async name => {
  const checked = checkRecipe(await readRecipe(name))
  expect(checkRecipe(checked)).toEqual(checked)
  expect(labelSteps(checked).length).toBeGreaterThan(0)
})

const network = (step: object) => checkRecipe({ title: 'Network', steps: [{ method: 'deeplab', ...step }] })

test('a network needs no step before it where it is trained on photos’ own masks, or not at all', () => {
  expect(network({ preset: 'truth-only' }).steps[0]!.from).toEqual({})
  expect(network({ options: { corrections: 'only' } }).steps[0]!.from).toEqual({})
  expect(network({ options: { steps: 0, start: '/net.safetensors' } }).steps[0]!.from).toEqual({})
  const refusal =
    /deeplab needs labels, and no step before it gives any: put .*threshold.* before it, or set truth or corrections to only/
  expect(() => network({})).toThrow(refusal)
  expect(checkDraft({ title: 'Network', steps: [{ method: 'deeplab' }] }).problems).toEqual([
    { step: 0, field: 'from.labels', message: expect.stringMatching(refusal) },
  ])
  const steps = [{ method: 'import', options: { folder: '/cams' } }, { method: 'threshold' }]
  const plan = checkRecipe({ title: 'Network', steps: [...steps, { method: 'deeplab', preset: 'truth-only' }] })
  expect(plan.steps[2]!.from).toEqual({ labels: 'threshold' })
  expect(checkRecipe(plan)).toEqual(plan)
})

test.each([
  [{ steps: 0 }, 'deeplab.steps must be ≥ 1 without a network to predict with (start), got 0.'],
  [{ truth: 'only', corrections: 'only' }, 'deeplab.corrections must be "ignore" or "prefer" where truth is "only"'],
  [{ batch: 1, microBatch: 1 }, 'deeplab.batch must be ≥ 2: batch norms of this head need two photos at once, got 1.'],
  [{ microBatch: 1 }, 'deeplab.microBatch must be ≥ 2: batch norms of this head need two photos at once, got 1.'],
  [{ batch: 11 }, 'deeplab.batch must be a number with a divisor from 2 to microBatch'],
  [{ corrections: 'yes' }, 'deeplab.corrections must be one of "ignore", "prefer", "only", got "yes".'],
])('DeepLab with %j is refused by the option’s name', (options, sentence) => {
  expect(() => network({ options: { truth: 'only', ...options } })).toThrow(sentence)
})

test('DeepLabV2 has no batch norm that needs two photos, and a prime batch will do where nothing cuts it', () => {
  expect(network({ options: { truth: 'only', head: 'deeplabv2', microBatch: 1 } }).steps).toHaveLength(1)
  expect(network({ options: { truth: 'only', batch: 13, microBatch: 16 } }).steps).toHaveLength(1)
})

test('what an earlier version called corrections true and false is understood', () => {
  const read = (corrections: unknown) =>
    network({ options: { truth: 'prefer', steps: 0, start: '/net', corrections } }).steps[0]!.options
  expect([true, false].map(value => read(value)['corrections'])).toEqual(['prefer', 'ignore'])
})
