import type { ApiResource } from '../resource/ApiResource';
import { associations } from './associations';
import { files } from './files';
import { folders } from './folders';

/** Files 1.0, as far as its OpenAPI file and SDK tell. */
export const fileResources: readonly ApiResource[] = [files, associations, folders];
