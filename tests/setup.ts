import { afterAll } from 'vitest'
import { endFile } from './helpers/endOfFile'

/** Runs in every test file, also where files share a process and its modules. */
afterAll(endFile)
