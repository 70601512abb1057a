/** What the folder picker says. */
export const folderTexts = {
  label: 'Folders and files',
  crumbs: 'Where you are',
  up: 'Up one folder',
  filter: 'Filter by name',
  hidden: 'Hidden folders',
  create: 'New folder',
  createName: 'Name of the new folder',
  createDo: 'Make the folder',
  cancel: 'Cancel',
  roots: 'Places',
  project: 'project',
  empty: 'This folder is empty.',
  emptyFiltered: (text: string) => `Nothing in this folder is called like “${text}”.`,
  loading: 'Looking into the folder …',
  help: '↑ ↓ move · Enter opens · Backspace goes up · type to find',
  formats: { voc: 'VOC', csv: 'table', 'cls-labels': 'cls_labels' } as Readonly<Record<string, string>>,
} as const
