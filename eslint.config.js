import vue from 'eslint-plugin-vue'
import tseslint from 'typescript-eslint'

export default tseslint.config(
  { ignores: ['out/**', 'dist/**', 'node_modules/**', 'demo/**', '.setup/**', 'coverage/**'] },
  {
    files: ['**/*.ts', '**/*.vue'],
    extends: [...tseslint.configs.strict],
    rules: {
      // Typed-array kernels index inside bounds their loops establish (docs/style.md): the one allowed assertion.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      'max-lines-per-function': ['warn', { max: 60, skipBlankLines: true, skipComments: true }],
    },
  },
  {
    files: ['**/*.vue'],
    extends: [...vue.configs['flat/recommended']],
    languageOptions: { parserOptions: { parser: tseslint.parser } },
    rules: {
      // Layout is prettier's.
      'vue/html-closing-bracket-newline': 'off',
      'vue/html-indent': 'off',
      'vue/html-self-closing': 'off',
      'vue/max-attributes-per-line': 'off',
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/require-default-prop': 'off', // TypeScript says what may be left out
      'vue/no-v-html': 'error', // names of classes and files come from strangers
    },
  },
  {
    // A store or a test is one function by the libraries' design.
    files: ['**/*.test.ts', 'bench/**', 'src/renderer/src/stores/**'],
    rules: { 'max-lines-per-function': 'off' },
  },
)
