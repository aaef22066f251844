import './engine/environment';

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

import type * as express from 'express';
import { parse, stringify } from 'flatted';
import {
	ExecutionLifecycleHooks,
	HookContext,
	LoadOptionsContext,
	PackageDirectoryLoader,
	TriggerContext,
	WebhookContext,
	WorkflowExecute,
} from 'n8n-core';
import {
	createRunExecutionData,
	NodeHelpers,
	Workflow,
	type IConnections,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type INodeListSearchResult,
	type INodeType,
	type INodeTypes,
	type IRun,
	type IRunExecutionData,
	type IWebhookData,
	type IWebhookResponseData,
	type IWorkflowBase,
	type IWorkflowExecuteAdditionalData,
	type WorkflowActivateMode,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

import { EngineCredentials, type CredentialData } from './engine/engineCredentials';
import { useDeduplicationStore } from './engine/deduplicationStore';
import { createExecutionQueue, type ExecutionQueue } from './engine/executionQueue';
import { Filter, FILTER_TYPE } from './engine/filter';
import { HTTP_REQUEST_TYPE, HttpRequest } from './engine/httpRequest';
import { NOTE_TYPE, PASS_THROUGH_TYPES, PassThrough } from './engine/passThrough';
import {
	asN8nRequest,
	asN8nResponse,
	inProcessExchange,
	type WebhookRequest,
	type WebhookResponse,
} from './engine/webhookExchange';

/**
 * n8n's own execution engine with the built pack, without a server and a database: expressions,
 * credentials with OAuth2 refresh, webhook lifecycle and `webhook()` are n8n's code.
 *
 * Knows nothing of Jest; the demo uses it too.
 */
export interface EngineOptions {
	/** Folders of built packs. Default: this repository. */
	readonly packages?: readonly string[];
	/** By the id that workflows name. Refreshed tokens are written back into it. */
	readonly credentials?: CredentialData;
}

export interface WorkflowDefinition {
	readonly id?: string;
	readonly name?: string;
	readonly nodes: INode[];
	readonly connections?: IConnections;
	readonly settings?: IWorkflowBase['settings'];
}

export interface ExecutionError {
	readonly message: string;
	readonly description?: string | null;
	readonly itemIndex?: number;
	readonly httpCode?: string | null;
	readonly nodeName?: string;
}

export interface Execution {
	readonly id: string;
	readonly status: 'success' | 'error';
	/** What stopped the run, if something did. */
	readonly error?: ExecutionError;
	/** Items a node gave out in its last run; empty if it did not run. */
	itemsOf(node: string, output?: number): INodeExecutionData[];
	/** n8n's own record of the run. */
	readonly run: IRun;
}

export interface Listener {
	/** The trigger's production URL, served on 127.0.0.1. */
	readonly url: string;
	/** Executions that deliveries started, in order. */
	readonly executions: ExecutionQueue<Execution>;
	/** Status codes answered so far. */
	readonly statuses: readonly number[];
	/** Unpublishes the workflow (the trigger's `delete`) and stops serving. */
	close(options?: { readonly unpublish?: boolean }): Promise<void>;
}

/** A published workflow whose trigger watches by itself. */
export interface ActiveTrigger {
	/** Lets a minute pass, as n8n's scheduler does. */
	tick(): void;
	/** Executions that the trigger started, in order. */
	readonly executions: ExecutionQueue<Execution>;
	/** What the trigger had n8n save as a failed execution. */
	readonly failures: ExecutionQueue<ExecutionError>;
	/** Unpublishes the workflow. */
	deactivate(): Promise<void>;
}

export interface RunOptions {
	readonly input?: INodeExecutionData[];
	readonly startNode?: string;
	/** `trigger` is a run of the published workflow, of which n8n keeps the static data. Default: manual. */
	readonly mode?: 'manual' | 'trigger';
}

export interface Engine {
	/** Runs a workflow from its first node (or `startNode`), which gets `input`. */
	run(workflow: WorkflowDefinition, options?: RunOptions): Promise<Execution>;
	/**
	 * *Retry* of an execution that failed: goes on at the node that failed, as an execution of its own.
	 * With the original workflow n8n gives it no static data; the currently saved one has its own.
	 */
	retry(
		workflow: WorkflowDefinition,
		failed: Execution,
		withWorkflow: 'original' | 'currentlySaved',
	): Promise<Execution>;
	/** As n8n's pruning does, or its setting not to save executions. */
	forgetExecutions(): void;
	/** Calls a trigger's lifecycle method; `test` is what listening in the editor does. */
	hook(
		workflow: WorkflowDefinition,
		method: 'checkExists' | 'create' | 'delete',
		options?: { readonly test?: boolean; readonly webhookBaseUrl?: string },
	): Promise<boolean>;
	/** Hands one HTTP request to a trigger and, if it says so, runs the workflow. */
	deliver(
		workflow: WorkflowDefinition,
		request: WebhookRequest,
		options?: { readonly test?: boolean },
	): Promise<{ readonly response: WebhookResponse; readonly execution?: Execution }>;
	/** Publishes a workflow, or listens for a test event: serves its trigger's URL and calls `checkExists` and `create`. */
	listen(
		workflow: WorkflowDefinition,
		options?: { readonly port?: number; readonly publish?: boolean; readonly test?: boolean },
	): Promise<Listener>;
	/** Publishes a workflow that starts with a trigger of n8n's kind `trigger()`. */
	activate(workflow: WorkflowDefinition): Promise<ActiveTrigger>;
	/** Calls a picker of a node: a `listSearch` or `loadOptions` method. */
	pick(node: INode, method: string, filter?: string, page?: string): Promise<INodeListSearchResult>;
	/** n8n's static data of a workflow, which triggers keep their subscription in. */
	staticData(workflowId: string): IDataObject;
}

const WEBHOOK_BASE_URL = 'http://127.0.0.1:5678';
const DEFAULT_WORKFLOW_ID = 'workflow';

export async function createEngine({
	packages = [resolve(join(__dirname, '..', '..'))],
	credentials = {},
}: EngineOptions = {}): Promise<Engine> {
	useDeduplicationStore();
	const loaders = await Promise.all(
		packages.map(async (folder) => {
			const loader = new PackageDirectoryLoader(folder);
			await loader.loadAll();
			return loader;
		}),
	);
	const nodeTypes = engineNodeTypes(loaders);
	const credentialsHelper = new EngineCredentials((name) => {
		const loader = loaders.find(({ credentialTypes }) => name in credentialTypes);
		return loader?.credentialTypes[name]?.type;
	}, credentials);
	const staticData = new Map<string, IDataObject>();

	const staticDataOf = (id: string) => {
		const data = staticData.get(id) ?? {};
		staticData.set(id, data);
		return data;
	};

	/** While the editor listens for a test event, n8n keeps static data apart from the published workflow's. */
	const staticDataKey = (workflowId: string, test: boolean) =>
		test ? `${workflowId} (test)` : workflowId;

	/** n8n counts them. */
	let executions = 0;

	/** Executions as n8n writes them to its database when they end. */
	const saved = new Map<string, string>();

	const toWorkflow = (definition: WorkflowDefinition, active: boolean, staticData: IDataObject) => {
		const { id = DEFAULT_WORKFLOW_ID, name, nodes, connections = {}, settings } = definition;
		return new Workflow({
			id,
			name: name ?? id,
			nodes: structuredClone(nodes),
			connections,
			active,
			nodeTypes,
			settings: { executionOrder: 'v1', ...settings },
			staticData,
		});
	};

	const additionalData = (
		definition: WorkflowDefinition,
		mode: WorkflowExecuteMode,
		webhookBaseUrl = WEBHOOK_BASE_URL,
	): IWorkflowExecuteAdditionalData => {
		const executionId = String(++executions);
		const unused = `${webhookBaseUrl}/unused`;
		return {
			credentialsHelper,
			executionId,
			currentNodeExecutionIndex: 0,
			restApiUrl: `${webhookBaseUrl}/rest`,
			instanceBaseUrl: `${webhookBaseUrl}/`,
			formBaseUrl: unused,
			formWaitingBaseUrl: unused,
			formTestBaseUrl: unused,
			webhookBaseUrl: `${webhookBaseUrl}/webhook`,
			webhookWaitingBaseUrl: unused,
			webhookTestBaseUrl: `${webhookBaseUrl}/webhook-test`,
			mcpBaseUrl: unused,
			mcpTestBaseUrl: unused,
			variables: {},
			logAiEvent: () => {},
			setExecutionStatus: () => {},
			sendDataToUI: () => {},
			executeWorkflow: async () => await notHere('sub-workflows'),
			startRunnerTask: async () => await notHere('task runners'),
			getRunExecutionData: async (executionId: string) => {
				const kept = saved.get(executionId);
				return kept === undefined ? undefined : (parse(kept) as IRunExecutionData);
			},
			getRuntimeCredential: async () => undefined,
			externalSecretsProxy: { getSecret: () => undefined, hasProvider: () => false },
			hooks: new ExecutionLifecycleHooks(mode, executionId, toWorkflowBase(definition)),
		} as unknown as IWorkflowExecuteAdditionalData;
	};

	/** n8n keeps the static data of every run but a manual one, when it has ended, however it ended. */
	const execute = async (
		definition: WorkflowDefinition,
		mode: WorkflowExecuteMode,
		runData: IRunExecutionData,
		before: IDataObject,
	): Promise<Execution> => {
		const workflow = toWorkflow(definition, mode === 'webhook', before);
		const additional = additionalData(definition, mode);
		const run = await new WorkflowExecute(additional, mode, runData).processRunExecutionData(
			workflow,
		);
		const id = String(additional.executionId);
		saved.set(id, stringify(run.data));
		if (mode !== 'manual') {
			if (workflow.staticData.__dataChanged === true) {
				staticData.set(workflow.id, plain(workflow.staticData));
			}
		}
		return toExecution(id, run);
	};

	const start = async (
		definition: WorkflowDefinition,
		startNode: string,
		data: INodeExecutionData[][],
		mode: WorkflowExecuteMode,
	): Promise<Execution> => {
		const before = plain(staticDataOf(definition.id ?? DEFAULT_WORKFLOW_ID));
		const node = nodeOf(toWorkflow(definition, false, before), startNode);
		const runData = createRunExecutionData({
			executionData: { nodeExecutionStack: [{ node, data: { main: data }, source: null }] },
			resultData: {},
		});
		return await execute(definition, mode, runData, before);
	};

	const webhookOf = (definition: WorkflowDefinition, baseUrl: string, test: boolean) => {
		const id = definition.id ?? DEFAULT_WORKFLOW_ID;
		const workflow = toWorkflow(definition, true, staticDataOf(staticDataKey(id, test)));
		const node = triggerOf(workflow, nodeTypes);
		const type = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
		const webhookDescription = type.description.webhooks?.[0];
		if (webhookDescription === undefined) throw new Error(`${node.type} has no webhook`);
		const mode: WorkflowExecuteMode = test ? 'manual' : 'webhook';
		const additional = additionalData(definition, mode, baseUrl);
		const webhookData: IWebhookData = {
			node: node.name,
			path: String(webhookDescription.path),
			httpMethod: 'POST',
			webhookDescription,
			workflowId: workflow.id,
			workflowExecuteAdditionalData: additional,
			isTest: test,
		};
		return { workflow, node, type, mode, additional, webhookData };
	};

	const receive = async (
		definition: WorkflowDefinition,
		baseUrl: string,
		test: boolean,
		request: express.Request,
		response: express.Response,
	): Promise<IWebhookResponseData & { readonly trigger: string }> => {
		const { workflow, node, type, mode, additional, webhookData } = webhookOf(
			definition,
			baseUrl,
			test,
		);
		const data = { ...additional, httpRequest: request, httpResponse: response };
		const context = new WebhookContext(workflow, node, data, mode, webhookData, [], null);
		if (type.webhook === undefined) throw new Error(`${node.type} takes no webhooks`);
		return { ...(await type.webhook.call(context)), trigger: node.name };
	};

	const hook: Engine['hook'] = async (definition, method, options = {}) => {
		const { test = false, webhookBaseUrl = WEBHOOK_BASE_URL } = options;
		const { workflow, node, type, additional, webhookData } = webhookOf(
			definition,
			webhookBaseUrl,
			test,
		);
		const [mode, activation] = hookModes(method, test);
		const context = new HookContext(workflow, node, additional, mode, activation, webhookData);
		const methods = type.webhookMethods?.[webhookData.webhookDescription.name];
		if (methods === undefined) throw new Error(`${node.type} has no webhook methods`);
		const done = await methods[method].call(context);
		staticData.set(staticDataKey(workflow.id, test), plain(workflow.staticData));
		return done;
	};

	return {
		hook,
		staticData: staticDataOf,

		async run(definition, { input = [{ json: {} }], startNode, mode = 'manual' } = {}) {
			const first =
				startNode ?? definition.nodes.find(({ type }) => type !== NOTE_TYPE)?.name ?? '';
			return await start(definition, first, [input], mode);
		},

		async retry(definition, failed, withWorkflow) {
			const kept = saved.get(failed.id);
			if (kept === undefined) throw new Error(`The engine has not saved execution ${failed.id}`);
			const runData = parse(kept) as IRunExecutionData;
			const { resultData } = runData;
			const runs = resultData.runData[resultData.lastNodeExecuted ?? ''];
			if (runs?.at(-1)?.error !== undefined) runs.pop();
			delete resultData.error;
			const id = definition.id ?? DEFAULT_WORKFLOW_ID;
			const before = withWorkflow === 'original' ? {} : plain(staticDataOf(id));
			return await execute(definition, 'retry', runData, before);
		},

		forgetExecutions() {
			saved.clear();
		},

		async deliver(definition, request, { test = false } = {}) {
			const exchange = inProcessExchange(request);
			const { workflowData, noWebhookResponse, trigger } = await receive(
				definition,
				WEBHOOK_BASE_URL,
				test,
				exchange.request,
				exchange.response,
			);
			if (noWebhookResponse !== true) exchange.response.status(200).end();
			const response = await exchange.answered;
			if (!workflowData) return { response };
			return { response, execution: await start(definition, trigger, workflowData, 'webhook') };
		},

		async listen(definition, { port = 0, publish = true, test = false } = {}) {
			const executions = createExecutionQueue<Execution>();
			const statuses: number[] = [];
			const runs = new Set<Promise<void>>();
			let baseUrl = '';

			const handle = async (message: IncomingMessage, reply: ServerResponse) => {
				const request = asN8nRequest(message, await readBody(message));
				const { workflowData, noWebhookResponse, trigger } = await receive(
					definition,
					baseUrl,
					test,
					request,
					asN8nResponse(reply),
				);
				// n8n answers a trigger with `onReceived` before the workflow runs.
				if (noWebhookResponse !== true) reply.writeHead(200).end();
				statuses.push(reply.statusCode);
				if (workflowData) {
					executions.push(await start(definition, trigger, workflowData, 'webhook'));
				}
			};

			const server = createServer((message, reply) => {
				const run = handle(message, reply)
					.catch((error: unknown) => {
						if (!reply.headersSent) reply.writeHead(500).end(String(error));
						statuses.push(500);
					})
					.finally(() => runs.delete(run));
				runs.add(run);
			});
			await new Promise<void>((done, fail) => {
				server.once('error', fail).listen(port, '127.0.0.1', done);
			});
			baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
			const { workflow, node, webhookData } = webhookOf(definition, baseUrl, test);
			const url = NodeHelpers.getNodeWebhookUrl(
				`${baseUrl}/${test ? 'webhook-test' : 'webhook'}`,
				workflow.id,
				node,
				webhookData.path,
			);

			const stop = async () => {
				await new Promise<void>((done) => {
					server.close(() => done());
					server.closeAllConnections();
				});
				await Promise.all(runs);
				executions.close();
			};
			try {
				const options = { test, webhookBaseUrl: baseUrl };
				if (publish && !(await hook(definition, 'checkExists', options))) {
					await hook(definition, 'create', options);
				}
			} catch (error) {
				await stop();
				throw error;
			}

			return {
				url,
				executions,
				statuses,
				async close({ unpublish = publish } = {}) {
					try {
						if (unpublish) await hook(definition, 'delete', { test, webhookBaseUrl: baseUrl });
					} finally {
						await stop();
					}
				},
			};
		},

		async activate(definition) {
			const id = definition.id ?? DEFAULT_WORKFLOW_ID;
			const workflow = toWorkflow(definition, true, plain(staticDataOf(id)));
			const node = watcherOf(workflow, nodeTypes);
			const executions = createExecutionQueue<Execution>();
			const failures = createExecutionQueue<ExecutionError>();
			let onTick: () => void = () => {};
			/** n8n saves the static data of a trigger when it activates it, and as it emits. */
			const save = () => {
				if (workflow.staticData.__dataChanged !== true) return;
				staticData.set(id, plain(workflow.staticData));
			};
			const context = new TriggerContext(
				workflow,
				node,
				additionalData(definition, 'trigger'),
				'trigger',
				'activate',
				(data, _response, done) => {
					save();
					void start(definition, node.name, data, 'trigger').then((execution) => {
						executions.push(execution);
						done?.resolve(execution.run);
					}, done?.reject);
				},
				undefined,
				(error) => failures.push(toError(error as unknown as Record<string, unknown>)),
				{ registerCron: (_cron, tick) => (onTick = () => tick(new Date())) },
			);
			const { trigger } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
			const active = await trigger?.call(context);
			save();
			return {
				executions,
				failures,
				tick: () => onTick(),
				async deactivate() {
					onTick = () => {};
					await active?.closeFunction?.();
				},
			};
		},

		async pick(node, method, filter, page) {
			const definition = { nodes: [node] };
			const workflow = toWorkflow(definition, false, {});
			const context = new LoadOptionsContext(
				workflow,
				nodeOf(workflow, node.name),
				{ ...additionalData(definition, 'internal'), currentNodeParameters: node.parameters },
				'/parameters/none',
			);
			const { methods } = nodeTypes.getByNameAndVersion(node.type, node.typeVersion);
			const search = methods?.listSearch?.[method];
			if (search !== undefined) return await search.call(context, filter, page);
			const load = methods?.loadOptions?.[method];
			if (load === undefined) throw new Error(`${node.type} has no picker ${method}`);
			return { results: await load.call(context) };
		},
	};
}

function engineNodeTypes(loaders: readonly PackageDirectoryLoader[]): INodeTypes {
	const standIns: Readonly<Record<string, INodeType>> = {
		...Object.fromEntries(PASS_THROUGH_TYPES.map((type) => [type, new PassThrough()])),
		[FILTER_TYPE]: new Filter(),
		[HTTP_REQUEST_TYPE]: new HttpRequest(),
	};
	const byName = (type: string, version?: number): INodeType => {
		const standIn = standIns[type];
		if (standIn !== undefined) return standIn;
		const dot = type.indexOf('.');
		const loader = loaders.find(({ packageName }) => packageName === type.slice(0, dot));
		if (loader === undefined) throw new Error(`The test engine has no package for ${type}`);
		return NodeHelpers.getVersionedNodeType(loader.getNode(type.slice(dot + 1)).type, version);
	};
	return {
		getByName: byName,
		getByNameAndVersion: byName,
		getKnownTypes: () =>
			Object.assign({}, ...loaders.map(({ known }) => known.nodes)) as IDataObject,
	};
}

/** The modes in which n8n calls a webhook method; the end of a test is no different from an unpublishing. */
function hookModes(
	method: 'checkExists' | 'create' | 'delete',
	test: boolean,
): [WorkflowExecuteMode, WorkflowActivateMode] {
	if (method === 'delete') return ['internal', 'update'];
	return test ? ['manual', 'manual'] : ['trigger', 'activate'];
}

function toExecution(id: string, run: IRun): Execution {
	const { resultData } = run.data;
	const { error } = resultData;
	return {
		id,
		run,
		status: error === undefined ? 'success' : 'error',
		error: error === undefined ? undefined : toError(error as unknown as Record<string, unknown>),
		itemsOf: (node, output = 0) => resultData.runData[node]?.at(-1)?.data?.main?.[output] ?? [],
	};
}

function toError(error: Record<string, unknown>): ExecutionError {
	const context = error.context as { itemIndex?: number } | undefined;
	return {
		message: String(error.message),
		description: error.description as string | null | undefined,
		itemIndex: context?.itemIndex,
		httpCode: error.httpCode as string | null | undefined,
		nodeName: (error.node as INode | undefined)?.name,
	};
}

function toWorkflowBase(definition: WorkflowDefinition): IWorkflowBase {
	const id = definition.id ?? DEFAULT_WORKFLOW_ID;
	return {
		id,
		name: definition.name ?? id,
		nodes: definition.nodes,
		connections: definition.connections ?? {},
		active: false,
		createdAt: new Date(),
		updatedAt: new Date(),
	} as unknown as IWorkflowBase;
}

function nodeOf(workflow: Workflow, name: string): INode {
	const node = workflow.getNode(name);
	if (node === null) throw new Error(`The workflow has no node "${name}"`);
	return node;
}

function triggerOf(workflow: Workflow, nodeTypes: INodeTypes): INode {
	const trigger = Object.values(workflow.nodes).find(
		({ type, typeVersion }) =>
			nodeTypes.getByNameAndVersion(type, typeVersion).description.webhooks !== undefined,
	);
	if (trigger === undefined) throw new Error('The workflow has no webhook trigger');
	return trigger;
}

function watcherOf(workflow: Workflow, nodeTypes: INodeTypes): INode {
	const trigger = Object.values(workflow.nodes).find(
		({ type, typeVersion }) =>
			nodeTypes.getByNameAndVersion(type, typeVersion).trigger !== undefined,
	);
	if (trigger === undefined) throw new Error('The workflow has no trigger that watches by itself');
	return trigger;
}

async function readBody(message: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const part of message) chunks.push(part as Buffer);
	return Buffer.concat(chunks);
}

/** n8n watches its static data through proxies; what it would write to its database is plain. */
function plain(data: IDataObject): IDataObject {
	return JSON.parse(JSON.stringify(data)) as IDataObject;
}

async function notHere(feature: string): Promise<never> {
	throw new Error(`The test engine has no ${feature}`);
}
