import { join } from 'node:path';
import { repositoryRoot } from './repositoryRoot';

/** The Node that the hub and n8n run on, whatever the host's version: the development dependency `node`. */
export const nodeBinary = join(repositoryRoot, 'node_modules', '.bin', 'node');
