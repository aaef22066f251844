import type { Tree } from './rooms';

/** The hub, as ARCHITECTURE.md draws it. */
export const HUB: Tree = {
	root: 'hub-server/src',
	rooms: [
		'clock.ts',
		'Log.ts',
		'errors',
		'config',
		'database',
		'secrets',
		'work',
		'xero/identity',
		'xero/connections',
		'xero/grants',
		'xero/pacing',
		'xero/api',
		'workspaces',
		'audit',
		'alerts',
		'records',
		'writes',
		'subscriptions',
		'events',
		'gaps',
		'webhooks',
		'relay',
		'retention',
		'notices',
		'sync',
		{ planned: 'mapping' },
		{ planned: 'links' },
		'connect',
		'administration',
		'http',
		'api',
		'portal',
		'hub',
		'cli',
	],
};

/** The action node. */
export const XERO_NODE: Tree = {
	root: 'nodes/Xero',
	rooms: [
		'mainConnection.ts',
		'batching',
		'messages',
		'errors',
		'transport',
		'values',
		'run',
		'fields',
		'requests',
		'filters',
		'kinds',
		'documents',
		'output',
		'operations',
		'payroll',
		'pickers',
		'resources',
		'router.ts',
		'Xero.node.ts',
	],
};

/** The nodes: the triggers may use what the action node is made of. */
export const NODES: Tree = {
	root: 'nodes',
	rooms: ['Xero', 'XeroTrigger', 'XeroNoWebhookTrigger'],
};

/** The sandbox, as its README draws it. */
export const SANDBOX: Tree = {
	root: 'hub-server/sandbox',
	rooms: [
		'world',
		'http',
		'faults',
		'limits',
		'context',
		'tokens',
		'resource',
		'query',
		'writing',
		'contract',
		'accounting/amounts',
		'accounting/settling',
		'accounting/subresource',
		'accounting/contact',
		'accounting/document',
		'accounting',
		'seed',
		'assets',
		'bankFeeds',
		'files',
		'payroll',
		'projects',
		'gate',
		'apis',
		'webhooks',
		'identity',
		'pages',
		'server',
		'control',
		'createSandbox.ts',
		'loadSandboxConfig.ts',
	],
};

export const TREES: readonly Tree[] = [HUB, XERO_NODE, NODES, SANDBOX];
