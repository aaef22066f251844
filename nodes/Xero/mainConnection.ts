import type { NodeConnectionType } from 'n8n-workflow';

/** As text: the `NodeConnectionTypes` object is missing from older n8n that this pack runs on. */
export const MAIN_CONNECTION: NodeConnectionType = 'main';
