import type { PlannedPhoto } from './plan'

/** `image,labels`, the labels of a photo joined by `;`. */
export function labelTable(plan: readonly PlannedPhoto[], stems: readonly string[], names: readonly string[]): string {
  const lines = plan.map(({ classes }, place) => `${stems[place]}.jpg,${classes.map(index => names[index]).join(';')}`)
  return ['image,labels', ...lines, ''].join('\n')
}

/** One name a line, as the lists in VOC's `ImageSets` are. */
export function listOfStems(stems: readonly string[]): string {
  return [...stems, ''].join('\n')
}

/** What the folder holds and where its pictures come from, for whoever opens it. */
export function readmeOf(
  seed: number,
  photos: number,
  classes: readonly { readonly name: string; readonly photos: number }[],
): string {
  return `# Maskwright's sample project

${photos} composed photos with image-level labels and exact masks (seed ${seed}). Classes by number of photos:
${classes.map(({ name, photos: count }) => `${name} ${count}`).join(', ')}.

- \`JPEGImages/*.jpg\`: the photos.
- \`image_labels.csv\`: which classes each photo shows (\`image,labels\`, joined by \`;\`).
- \`SegmentationClass/*.png\`: the truth, indexed PNG: 0 background, 1 … ${classes.length} in the order of \`labels.txt\`, 255 void.
- \`labels.txt\`: background first, then one class a line.
- \`ImageSets/Segmentation/train.txt\`: the names of all photos.

A pixel covered by an object to three quarters or more has its label, one covered to a quarter or less has not; what lies
between is void, a rim about one pixel wide. Nearer objects hide farther ones in the truth as in the photo.

The context is deliberate: boats are always on waves, trains on rails, cups on tables, most horses on grass. A class
activation map leaks onto such context, which is what the better methods are there to cure.

## Licence

The objects are icons of Fluent Emoji (https://github.com/microsoft/fluentui-emoji), © Microsoft Corporation, MIT
License; backgrounds are computed. The folder may be used under the same licence: its notice is kept with the program in
\`resources/sample/LICENSE\`.
`
}
