import { csvText, markdownText } from '../../../../shared/tables/textTable'
import type { ComparedEvaluation } from '../../../../shared/contract/evaluation'
import { classTextTable } from '../../components/compare/classTable'
import { letterOf, nameOf } from '../../components/compare/compared'
import { saveFile } from '../../composables/saveFile'
import { useNoticesStore } from '../../stores/notices'
import { compareTexts } from '../../texts/compare'

/** Takes the table of classes out of the window: as a file for table programs, as text for a report. */
export function useTableExport(compared: () => readonly ComparedEvaluation[]) {
  const notices = useNoticesStore()

  function saveCsv(): void {
    const file = new Blob([csvText(classTextTable(compared(), nameOf))], { type: 'text/csv' })
    const named = compared().map(({ id }) => `evaluation-${id}`)
    saveFile(file, `${named.join('-')}.csv`)
  }

  async function copyMarkdown(): Promise<void> {
    const named = compared().map((evaluation, place) => `${letterOf(place)}: ${nameOf(evaluation)}`)
    const table = markdownText(classTextTable(compared(), (_, place) => letterOf(place)))
    try {
      await navigator.clipboard.writeText(`${table}\n${named.join(' · ')}\n`)
      notices.say({ kind: 'done', text: compareTexts.export.copied })
    } catch {
      notices.say({ kind: 'error', text: compareTexts.export.noClipboard })
    }
  }

  return { saveCsv, copyMarkdown }
}
