import { readClassifier } from '../../src/main/backbones/classifierCheckpoint'
import { openFeatures } from '../../src/main/backbones/openFeatures'
import type { DatasetImage } from '../../src/shared/contract/dataset'
import type { ChainFolders } from './chain'

/** Photos with the labels that a classifier gives them: classes whose logit is above 0, or the likeliest where none is. */
export async function predictLabels(
  classifierFolder: string,
  images: readonly DatasetImage[],
  { cacheFolder, pool }: ChainFolders,
): Promise<DatasetImage[]> {
  const classifier = await readClassifier(classifierFolder)
  const signal = new AbortController().signal
  const { source, close } = await openFeatures(classifier, {
    ...{ cacheFolder, pool, signal },
    cacheBudget: 4e9,
    log: () => undefined,
  })
  const { channels } = classifier.architecture
  const predicted: DatasetImage[] = []
  try {
    for await (const photo of source.stream(images, { scales: [1], mirrored: false })) {
      const top = source.trunk.top(photo.scales[0]!.features)
      const mean = top.mean([0, 1, 2])
      const pooled = mean.dataSync<'float32'>()
      top.dispose()
      mean.dispose()
      const logits = classifier.classes.map((_, n) =>
        pooled.reduce((sum, feature, d) => sum + feature * classifier.weight[n * channels + d]!, 0),
      )
      const likely = logits.flatMap((logit, n) => (logit > 0 ? [n] : []))
      predicted.push({ ...photo.image, labels: likely.length > 0 ? likely : [logits.indexOf(Math.max(...logits))] })
    }
  } finally {
    close()
  }
  return predicted
}
