import { datasetTexts } from '../../texts/dataset'

const { truthMenu } = datasetTexts.filter

/** With and without ground truth, as a menu offers them; null leaves it open. */
export const truthChoices = [
  { value: null, title: truthMenu.any },
  { value: true, title: truthMenu.with },
  { value: false, title: truthMenu.without },
]
