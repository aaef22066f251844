import type { ApiResource } from '../resource/ApiResource';
import { feedConnections } from './feedConnections';
import { statements } from './statements';

/** Bank Feeds 1.0. */
export const bankFeedResources: readonly ApiResource[] = [feedConnections, statements];
