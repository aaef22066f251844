import { z } from 'zod';
import { eventually } from '../eventually';
import type { Execution } from './execution';
import { readExecution } from './execution';
import { createN8nSession } from './n8nSession';

/** The login of every n8n that the project starts; it listens on this machine only. */
export const N8N_OWNER = {
	email: 'owner@example.com',
	firstName: 'n8n',
	lastName: 'Owner',
	password: 'Xero-Hub-Demo-1',
} as const;

export interface Credential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
	readonly data: Readonly<Record<string, unknown>>;
}

export interface WorkflowNode {
	readonly name: string;
	readonly type: string;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly typeVersion?: number;
	readonly webhookId?: string;
	readonly onError?: string;
	/** By credential type. */
	readonly credentials?: Readonly<Record<string, Credential>>;
}

/** A person at the editor: everything goes the way the editor's own buttons go. */
export interface N8nClient {
	setUpOwner(): Promise<void>;
	/** As the owner, of whom a copied database knows already. */
	signIn(): Promise<void>;
	createCredential(credential: Omit<Credential, 'id'>): Promise<Credential>;
	deleteCredential(credential: Credential): Promise<void>;
	/** The credential's *Test* button. */
	testCredential(
		credential: Credential,
	): Promise<{ readonly status: string; readonly message: string }>;
	/**
	 * The *Connect* button of an OAuth2 credential, for a provider that consents at once.
	 *
	 * @param whereIs where an address of the provider's or of n8n's really is, if it is elsewhere
	 */
	connectOAuth2(credential: Credential, whereIs?: (url: string) => string): Promise<void>;
	/** Creates a workflow and returns its id; its nodes follow each other where no connections are given. */
	createWorkflow(
		name: string,
		nodes: readonly WorkflowNode[],
		connections?: Readonly<Record<string, unknown>>,
	): Promise<string>;
	/** Changes a node's parameters and saves. */
	changeParameters(
		workflowId: string,
		node: string,
		parameters: Readonly<Record<string, unknown>>,
	): Promise<void>;
	/** Resolves when the triggers are registered. */
	publish(workflowId: string): Promise<void>;
	/** Resolves when the triggers are gone. */
	unpublish(workflowId: string): Promise<void>;
	/** Runs from a trigger as *Execute workflow* does; a webhook trigger then listens at its test URL. */
	listenForTestEvent(workflowId: string, triggerName: string): Promise<void>;
	/** A message in the editor's chat, from a chat trigger; resolves with what the last node answers. */
	chat(
		workflowId: string,
		triggerName: string,
		message: string,
	): Promise<Readonly<Record<string, unknown>>>;
	executionIds(workflowId: string): Promise<readonly string[]>;
	/** The newest execution that is none of `known`, when it is over, or waits to be resumed. */
	nextExecution(
		workflowId: string,
		known: readonly string[],
		until?: 'over' | 'waiting',
	): Promise<Execution>;
	/** *Retry* of an execution that failed; resolves when it is over. */
	retryExecution(executionId: string, withWorkflow: 'original' | 'currentlySaved'): Promise<void>;
	deleteWorkflow(workflowId: string): Promise<void>;
}

const Created = z.object({ id: z.coerce.string() });
const Workflow = z.object({ versionId: z.string() });
const Saved = z.object({
	name: z.string(),
	versionId: z.string(),
	connections: z.record(z.unknown()),
	settings: z.record(z.unknown()),
	nodes: z.array(z.object({ name: z.string(), parameters: z.record(z.unknown()) }).passthrough()),
});
const TestResult = z.object({ status: z.string(), message: z.string() });
const PublicationStatus = z.object({ status: z.string() }).passthrough();
const Executions = z.object({
	results: z.array(z.object({ id: z.coerce.string(), status: z.string() })),
});
const UNFINISHED = ['new', 'running', 'waiting'];

/** @param patienceMs how long a publication or an execution may take */
export function createN8nClient(baseUrl: string, patienceMs = 30_000): N8nClient {
	const patience = { timeoutMs: patienceMs };
	const { call, visit } = createN8nSession(baseUrl);

	async function executions(workflowId: string) {
		const filter = encodeURIComponent(JSON.stringify({ workflowId }));
		return Executions.parse(await call('GET', `/rest/executions?limit=100&filter=${filter}`))
			.results;
	}

	async function versionOf(workflowId: string): Promise<string> {
		return Workflow.parse(await call('GET', `/rest/workflows/${workflowId}`)).versionId;
	}

	/** *Execute workflow* of one that starts with a webhook: it then waits at its test URL. */
	async function listen(workflowId: string, run: unknown): Promise<void> {
		const reply = await call('POST', `/rest/workflows/${workflowId}/run`, run);
		z.object({ waitingForWebhook: z.literal(true) }).parse(reply);
	}

	/** Triggers are registered and removed in the background. */
	async function untilPublication(workflowId: string, wanted: string): Promise<void> {
		await eventually(
			`workflow ${workflowId} to be ${wanted}`,
			async () => {
				const reply = await call('GET', `/rest/workflows/${workflowId}/publication-status`);
				const { status } = PublicationStatus.parse(reply);
				if (/fail|error/.test(status))
					throw new Error(`n8n: publication: ${JSON.stringify(reply)}`);
				return status === wanted ? true : undefined;
			},
			patience,
		);
	}

	return {
		async setUpOwner() {
			await call('POST', '/rest/owner/setup', N8N_OWNER);
		},
		async signIn() {
			const { email: emailOrLdapLoginId, password } = N8N_OWNER;
			await call('POST', '/rest/login', { emailOrLdapLoginId, password });
		},
		async createCredential(credential) {
			const { id } = Created.parse(await call('POST', '/rest/credentials', credential));
			return { ...credential, id };
		},
		async deleteCredential({ id }) {
			await call('DELETE', `/rest/credentials/${id}`);
		},
		async testCredential(credential) {
			return TestResult.parse(
				await call('POST', '/rest/credentials/test', { credentials: credential }),
			);
		},
		async connectOAuth2({ id }, whereIs = (url) => url) {
			const consentUrl = z
				.string()
				.parse(await call('GET', `/rest/oauth2-credential/auth?id=${id}`));
			const consent = await fetch(whereIs(consentUrl), { redirect: 'manual' });
			const callback = consent.headers.get('location');
			if (callback === null) throw new Error(`No redirect from ${consentUrl}: ${consent.status}`);
			const page = await (await visit(whereIs(callback))).text();
			// The callback page is always a 200.
			const failure = /<h4>(Error: [^<]*)/.exec(page)?.[1];
			if (failure !== undefined) throw new Error(`n8n: OAuth callback: ${failure}`);
		},
		async createWorkflow(name, nodes, connections = chained(nodes)) {
			const reply = await call('POST', '/rest/workflows', {
				name,
				nodes: nodes.map(placed),
				connections,
				settings: { executionOrder: 'v1' },
			});
			return Created.parse(reply).id;
		},
		async changeParameters(workflowId, node, parameters) {
			const workflow = Saved.parse(await call('GET', `/rest/workflows/${workflowId}`));
			const nodes = workflow.nodes.map((one) =>
				one.name === node ? { ...one, parameters: { ...one.parameters, ...parameters } } : one,
			);
			await call('PATCH', `/rest/workflows/${workflowId}`, { ...workflow, nodes });
		},
		async publish(workflowId) {
			const versionId = await versionOf(workflowId);
			await call('POST', `/rest/workflows/${workflowId}/activate`, { versionId });
			await untilPublication(workflowId, 'published');
		},
		async unpublish(workflowId) {
			await call('POST', `/rest/workflows/${workflowId}/deactivate`, {});
			await untilPublication(workflowId, 'not_published');
		},
		async listenForTestEvent(workflowId, triggerName) {
			await listen(workflowId, { triggerToStartFrom: { name: triggerName } });
		},
		async chat(workflowId, triggerName, message) {
			const sessionId = crypto.randomUUID();
			await listen(workflowId, {
				triggerToStartFrom: { name: triggerName },
				chatSessionId: sessionId,
			});
			const response = await fetch(`${baseUrl}/webhook-test/${workflowId}/${sessionId}`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ action: 'sendMessage', sessionId, chatInput: message }),
			});
			const text = await response.text();
			if (!response.ok) throw new Error(`n8n: the chat ended with ${response.status} ${text}`);
			return z.record(z.unknown()).parse(JSON.parse(text));
		},
		async executionIds(workflowId) {
			return (await executions(workflowId)).map(({ id }) => id);
		},
		async nextExecution(workflowId, known, until = 'over') {
			const isThere = ({ status }: { readonly status: string }) =>
				until === 'waiting' ? status === 'waiting' : !UNFINISHED.includes(status);
			const id = await eventually(
				`an execution of workflow ${workflowId}`,
				async () => {
					const fresh = (await executions(workflowId)).find(
						(execution) => !known.includes(execution.id) && isThere(execution),
					);
					return fresh?.id;
				},
				patience,
			);
			return readExecution(await call('GET', `/rest/executions/${id}`));
		},
		async retryExecution(executionId, withWorkflow) {
			const loadWorkflow = withWorkflow === 'currentlySaved';
			await call('POST', `/rest/executions/${executionId}/retry`, { loadWorkflow });
		},
		async deleteWorkflow(workflowId) {
			await call('POST', `/rest/workflows/${workflowId}/archive`, {});
			await call('DELETE', `/rest/workflows/${workflowId}`);
		},
	};
}

/** A node as the editor saves it, to the right of the one before. */
function placed(node: WorkflowNode, index: number): Record<string, unknown> {
	return {
		id: crypto.randomUUID(),
		typeVersion: 1,
		position: [index * 220, 0],
		...node,
		...(node.credentials && {
			credentials: Object.fromEntries(
				Object.entries(node.credentials).map(([type, { id, name }]) => [type, { id, name }]),
			),
		}),
	};
}

function chained(nodes: readonly WorkflowNode[]): Record<string, unknown> {
	const connections: Record<string, unknown> = {};
	nodes.slice(1).forEach((next, index) => {
		const { name } = nodes[index]!;
		connections[name] = { main: [[{ node: next.name, type: 'main', index: 0 }]] };
	});
	return connections;
}
