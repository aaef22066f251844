import type {
	IExecuteFunctions,
	IHookFunctions,
	ILoadOptionsFunctions,
	ITriggerFunctions,
} from 'n8n-workflow';

/** The contexts of n8n from which requests are made. */
export type RequestContext =
	IExecuteFunctions | ILoadOptionsFunctions | IHookFunctions | ITriggerFunctions;
