import { computed, ref, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import type { ExportForm, MaskChoice } from '../../../../shared/contract/export'
import { api } from '../../api/client'
import { useLoad } from '../../composables/useLoad'
import { exportQuery, readExportAddress, type ExportAddress } from './exportAddress'
import { useExportOptions } from './useExportOptions'

/** The format that is shown first: what most programs read. */
const USUAL_FORMAT = 'voc'
const runless: ReadonlySet<MaskChoice> = new Set(['reviewed', 'truth'])

/** What can leave the project, what was chosen of it, and what to ask the workbench for. */
export function useExportChoice(project: () => string) {
  const route = useRoute()
  const router = useRouter()
  const address = computed(() => readExportAddress(route.query))
  const forms = useLoad(
    () => 'forms',
    () => api.exports.forms.query(),
  )
  const sources = useLoad(project, key => api.exports.sources.query({ project: key }))

  const form = computed<ExportForm | undefined>(() => {
    const all = forms.value.value ?? []
    return all.find(({ id }) => id === address.value.format) ?? all.find(({ id }) => id === USUAL_FORMAT)
  })
  const options = useExportOptions(() => form.value?.id ?? '')
  const steps = computed(() =>
    (sources.value.value?.steps ?? []).filter(({ contents }) => contents === form.value?.contents),
  )
  const step = computed(
    () => steps.value.find(each => `${each.run}/${each.step}` === address.value.step) ?? steps.value[0],
  )
  const needsStep = computed(() => {
    if (form.value === undefined || form.value.contents === 'labels') return false
    return form.value.contents !== 'masks' || !runless.has(address.value.masks)
  })
  /** What is asked for; undefined while something of it is missing. */
  const meant = computed(() => {
    if (form.value === undefined || (needsStep.value && step.value === undefined)) return undefined
    const { masks, split } = address.value
    return {
      project: project(),
      format: form.value.id,
      masks,
      ...(split === '' ? {} : { split }),
      ...(needsStep.value && step.value ? { run: step.value.run, step: step.value.step } : {}),
    }
  })

  function change(values: Partial<ExportAddress>): void {
    void router.replace({ query: exportQuery({ ...address.value, ...values }) })
  }

  const folder = ref('')
  const typed = ref(false)
  watch(
    () => [sources.value.value?.parent, form.value?.id] as const,
    ([parent, id], before) => {
      if (parent === undefined || id === undefined) return
      const named = `/export-${before?.[1]}`
      if (!typed.value) folder.value = `${parent}/export-${id}`
      // A folder beside another format's: it would be replaced by an export that is no newer one of the same.
      else if (folder.value.endsWith(named)) folder.value = `${folder.value.slice(0, -named.length)}/export-${id}`
    },
    { immediate: true },
  )
  function setFolder(path: string): void {
    typed.value = true
    folder.value = path
  }

  return { address, change, forms, sources, form, options, steps, step, needsStep, meant, folder, setFolder }
}

export type ExportChoiceHandle = ReturnType<typeof useExportChoice>
