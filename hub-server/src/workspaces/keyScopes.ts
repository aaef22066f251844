/** What an API key may be for. */
export const KEY_SCOPES = ['events', 'read', 'write', 'token'] as const;

export type KeyScope = (typeof KEY_SCOPES)[number];

/** What each is for, for people. */
export const SCOPE_WORDS: Readonly<Record<KeyScope, string>> = {
	events: 'Triggers: subscriptions, events, deliveries and pulling',
	read: 'Reads from Xero, and what the hub knows: records, links, mappings, syncs',
	write: 'Changes in Xero and in the hub: writes, pushes, links, mappings, syncs',
	token: 'Access tokens of Xero’s, and the export of secrets',
};

/** Of a key that is made without a word about it: what triggers and nodes need. */
export const USUAL_SCOPES: readonly KeyScope[] = ['events', 'read', 'write'];
