/** What calls itself the maker of files that others read. The version is package.json's: a test compares them. */
export const program = { name: 'Maskwright', version: '0.1.0' } as const
