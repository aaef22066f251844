import { resolve } from 'node:path';

/** The folder of the pack's `package.json`. */
export const repositoryRoot = resolve(__dirname, '..', '..');
