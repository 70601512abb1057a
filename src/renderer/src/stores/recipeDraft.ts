import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import type { MethodForm, RecipeProblem, RunEstimate } from '../../../shared/contract/recipeForm'
import type { ErrorData } from '../../../shared/errors'
import { newestOnly } from '../../../shared/newestOnly'
import { api, type Answers } from '../api/client'
import { errorOf } from '../api/errorOf'
import {
  addStep,
  changesOf,
  draftOf,
  recipeOf,
  removeStep,
  withOption,
  withoutDefaults,
  withStep,
  type RecipeDraft,
} from './draft'
import { nothingToUndo, redone, remembered, undone, type UndoList } from './undoList'

/** Typing settles for so long before the draft is checked, ms. */
const settleMs = 150

type Catalogue = Answers['recipes']['catalogue']

/** The recipe that is being written in the project that is shown. It outlives leaving the screen and a reload. */
export const useRecipeDraftStore = defineStore('recipeDraft', () => {
  const project = ref<string>()
  const catalogue = shallowRef<Catalogue>()
  const draft = shallowRef<RecipeDraft>()
  const problems = shallowRef<readonly RecipeProblem[]>([])
  const estimate = shallowRef<RunEstimate | null>(null)
  const estimating = ref(false)
  const error = shallowRef<ErrorData>()
  const questions = newestOnly()
  const history = shallowRef<UndoList<RecipeDraft>>(nothingToUndo)

  const methods = computed<ReadonlyMap<string, MethodForm>>(
    () => new Map((catalogue.value?.methods ?? []).map(method => [method.id, method])),
  )
  const changes = computed(() => (draft.value === undefined ? 0 : changesOf(draft.value, methods.value)))
  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)

  async function show(key: string): Promise<void> {
    catalogue.value ??= await api.recipes.catalogue.query()
    if (project.value === key) return checkSoon()
    project.value = key
    estimate.value = null
    draft.value = read(key)
    if (draft.value === undefined) choose('lpcam')
    history.value = nothingToUndo
  }

  /** @param what names what changes where many changes in a row are one, as typing is */
  function edit(next: RecipeDraft, what?: string): void {
    if (draft.value) history.value = remembered(history.value, draft.value, what)
    draft.value = next
  }

  /** What was changed, chosen or duplicated last is as before. */
  function undo(): void {
    move(undone)
  }

  function redo(): void {
    move(redone)
  }

  function move(way: typeof undone): void {
    const moved = draft.value && way(history.value, draft.value)
    if (moved === undefined) return
    history.value = moved.list
    draft.value = moved.value
  }

  /** A shipped recipe as it is. */
  function choose(name: string): void {
    const recipe = catalogue.value?.recipes.find(each => each.name === name) ?? catalogue.value?.recipes[0]
    if (recipe) edit(draftOf({ ...recipe, recipe: recipe.name }, draft.value))
  }

  /** The recipe of a run, with settings over it. @throws what reading them met */
  async function duplicate(run: number, set: readonly string[]): Promise<void> {
    const key = project.value
    if (key === undefined) return
    const [{ recipe, seed, split, name }, settings] = await Promise.all([
      api.runs.get.query({ project: key, run }),
      api.recipes.settings.query({ set: [...set] }),
    ])
    const made = draftOf({ ...(recipe as Catalogue['recipes'][number]), recipe: null }, { seed, split, name })
    const changed = withoutDefaults(made, methods.value)
    const asSet = settings.reduce((so, { step, option, value }) => {
      const place = so.steps.findIndex(each => each.name === step)
      return place < 0 ? so : withOption(so, place, option, value)
    }, changed)
    edit(asSet)
  }

  function change(values: Partial<RecipeDraft>): void {
    if (draft.value) edit({ ...draft.value, ...values }, 'name' in values ? 'name' : undefined)
  }

  function setOption(place: number, option: string, value: unknown): void {
    if (draft.value) edit(withOption(draft.value, place, option, value))
  }

  function setFrom(place: number, kind: string, step: string): void {
    const old = draft.value?.steps[place]
    if (draft.value && old) edit(withStep(draft.value, place, { from: { ...old.from, [kind]: step } }))
  }

  function applyPreset(place: number, name: string): void {
    const step = draft.value?.steps[place]
    const preset = step && methods.value.get(step.method)?.presets[name]
    if (draft.value && preset) edit(withStep(draft.value, place, { options: { ...preset } }))
  }

  function add(method: string): void {
    if (draft.value) edit(addStep(draft.value, method))
  }

  function remove(place: number): void {
    if (draft.value) edit(removeStep(draft.value, place))
  }

  /** @returns the run's id @throws what the start met */
  async function start(): Promise<{ readonly run: number; readonly notes: readonly string[] } | undefined> {
    const [key, wanted] = [project.value, draft.value]
    if (key === undefined || wanted === undefined) return undefined
    const { name, seed, split, fresh } = wanted
    const choice = { seed, fresh, ...(name.trim() === '' ? {} : { name }), ...(split === 'all' ? {} : { split }) }
    return api.runs.start.mutate({ project: key, recipe: recipeOf(wanted), ...choice })
  }

  async function check(): Promise<void> {
    const [key, wanted] = [project.value, draft.value]
    if (key === undefined || wanted === undefined) return
    const isNewest = questions.ask()
    const recipe = recipeOf(wanted)
    try {
      const answer = await api.recipes.check.mutate({ recipe })
      if (!isNewest()) return
      problems.value = answer.problems
      error.value = undefined
      if (answer.steps === null) return void (estimate.value = null)
      estimating.value = true
      const time = await api.recipes.estimate.mutate({
        project: key,
        recipe,
        seed: wanted.seed,
        fresh: wanted.fresh,
        ...(wanted.split === 'all' ? {} : { split: wanted.split }),
      })
      if (isNewest()) estimate.value = time
    } catch (cause) {
      if (isNewest()) error.value = errorOf(cause)
    } finally {
      if (isNewest()) estimating.value = false
    }
  }

  let timer: ReturnType<typeof setTimeout> | undefined
  function checkSoon(): void {
    clearTimeout(timer)
    timer = setTimeout(() => void check(), settleMs)
  }
  watch(draft, now => {
    if (project.value !== undefined && now) write(project.value, now)
    checkSoon()
  })

  return {
    ...{ project, catalogue, draft, problems, estimate, estimating, error, methods, changes, canUndo, canRedo },
    ...{ show, choose, duplicate, change, setOption, setFrom, applyPreset, add, remove, undo, redo, start, checkSoon },
  }
})

function read(project: string): RecipeDraft | undefined {
  try {
    const stored = sessionStorage.getItem(`maskwright.draft.${project}`)
    return stored === null ? undefined : (JSON.parse(stored) as RecipeDraft)
  } catch {
    return undefined // a tab without storage: the draft begins anew
  }
}

function write(project: string, draft: RecipeDraft): void {
  try {
    sessionStorage.setItem(`maskwright.draft.${project}`, JSON.stringify(draft))
  } catch {
    // A tab without storage: the draft lasts until it is reloaded.
  }
}
