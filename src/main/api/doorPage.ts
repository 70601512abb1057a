export interface DoorPage {
  readonly nonce: string
  /** Our own words: nothing of a request is repeated here. */
  readonly sentence: string
  /** Path to go to by itself. */
  readonly next?: string
}

/** The page of one sentence that a person sees who cannot come in, or is on the way in. It needs no file and no script. */
export function doorPage({ nonce, sentence, next }: DoorPage): string {
  const refresh = next === undefined ? '' : `<meta http-equiv="refresh" content="0;url=${escaped(next)}">`
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Maskwright</title>
${refresh}
<style nonce="${nonce}">
:root { color-scheme: light dark; }
body { display: grid; place-content: center; min-height: 90vh; font: 15px/1.6 system-ui, sans-serif; }
main { max-width: 34rem; padding: 24px; }
h1 { font-size: 18px; font-weight: 600; }
</style>
</head>
<body><main><h1>Maskwright</h1><p>${escaped(sentence)}</p></main></body>
</html>
`
}

function escaped(text: string): string {
  return text.replace(/[&<>"'`]/g, character => `&#${character.codePointAt(0)!};`)
}
