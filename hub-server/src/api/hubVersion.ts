/** As `package.json` says; a test holds the two equal. */
export const HUB_VERSION = '0.2.0';

/** What a pack may rely on, by name: it asks for them instead of comparing versions. */
export const HUB_FEATURES = [
	'links',
	'mappings',
	'parking',
	'pull',
	'pushes',
	'receipts',
	'saved-items',
	'trigger-keys',
	'unknown-members',
] as const;
