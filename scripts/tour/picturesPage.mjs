import { pictures } from './pictures.mjs'

export const themes = /** @type {const} */ (['dark', 'light'])
/** Width and height of the window, CSS px. */
export const sizes = /** @type {const} */ ([
  [1280, 720],
  [1920, 1080],
])

/** docs/guide/pictures/README.md: every picture, small, a row a screen. @returns {string} */
export function picturesPage() {
  const variants = themes.flatMap(theme => sizes.map(([width, height]) => ({ theme, width, height })))
  const rows = pictures.map(({ name }) => {
    const screen = name.replaceAll('-', ' ')
    const cells = variants.map(({ theme, width, height }) => {
      const file = `${name}-${theme}-${width}.webp`
      return `<a href="${file}"><img src="${file}" width="210" alt="${screen}, ${theme}, ${width} × ${height}"></a>`
    })
    return `| ${[screen, ...cells].join(' | ')} |`
  })
  return [
    '# Every screen',
    '',
    'On the sample project, in both themes and at two sizes; a click shows a picture as it is. `npm run screenshots` takes',
    'them anew and writes this page; [the guide](../README.md) says what can be done where.',
    '',
    `| screen | ${variants.map(({ theme, width, height }) => `${theme}, ${width} × ${height}`).join(' | ')} |`,
    `|---|${variants.map(() => '---|').join('')}`,
    ...rows,
    '',
  ].join('\n')
}
