import { recordLocator } from './recordLocator';

/** Picks a feed connection. Xero has no page of its own for one, so there is no URL to paste. */
export const feedConnectionLocator = recordLocator({
	displayName: 'Feed Connection',
	name: 'feedConnection',
	searchListMethod: 'searchFeedConnections',
	noun: 'a feed connection',
	exampleId: '6a4b9ff5-3a5f-4321-936b-4796163550f6',
	required: true,
});
