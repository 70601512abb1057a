/** What Node and browsers both have of the Encoding Standard (https://encoding.spec.whatwg.org); ES2023 knows no text decoder. */
declare class TextDecoder {
  constructor(label: 'utf-8', options: { readonly fatal: boolean; readonly ignoreBOM: boolean })
  /** @throws TypeError where the bytes are no UTF-8 and `fatal` was asked for */
  decode(bytes: Uint8Array): string
}
