import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

/** A searchable list of the editor. */
export type SearchMethod = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;
