import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A tool as it is offered to the model. */
export interface OfferedTool {
	readonly name: string;
	readonly description: string;
	/** JSON schema of its arguments. */
	readonly parameters: {
		readonly properties: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
		readonly required?: readonly string[];
	};
}

export interface ModelMessage {
	readonly role: 'system' | 'user' | 'assistant' | 'tool';
	readonly content: unknown;
}

/** What the model was asked in one turn. */
export interface ModelRequest {
	readonly tools: readonly OfferedTool[];
	readonly messages: readonly ModelMessage[];
	/** What the tools of the turn before gave out, in the order of the calls. */
	readonly answers: readonly string[];
}

export interface ToolCall {
	readonly tool: string;
	readonly args: Readonly<Record<string, unknown>>;
}

/** One turn of the model: tools to call, or what it says in the end. */
export type Turn = readonly ToolCall[] | string;

export interface ScriptedModel {
	/** The base URL of an OpenAI credential. */
	readonly url: string;
	/** Puts what was asked before aside, and follows these turns; a function sees what it is asked. */
	follow(...turns: ReadonlyArray<Turn | ((request: ModelRequest) => Turn)>): void;
	/** What the model was asked since then. */
	readonly requests: readonly ModelRequest[];
	close(): Promise<void>;
}

/** An OpenAI-compatible server (chat completions, not streamed) whose model says what a test wrote. */
export async function startScriptedModel(): Promise<ScriptedModel> {
	let turns: ReadonlyArray<Turn | ((request: ModelRequest) => Turn)> = [];
	let requests: ModelRequest[] = [];

	const answer = async (message: IncomingMessage, reply: ServerResponse) => {
		const request = readRequest(await readBody(message), requests.at(-1));
		const turn = turns[requests.length];
		requests.push(request);
		const isAsked = message.method === 'POST' && message.url === '/v1/chat/completions';
		if (!isAsked || turn === undefined) {
			const error = { message: `The script ends before ${message.method} ${message.url}` };
			reply.writeHead(400, { 'content-type': 'application/json' }).end(JSON.stringify({ error }));
			return;
		}
		const said = typeof turn === 'function' ? turn(request) : turn;
		reply
			.writeHead(200, { 'content-type': 'application/json' })
			.end(JSON.stringify(completion(said, requests.length)));
	};

	const server = createServer((message, reply) => {
		answer(message, reply).catch((error: unknown) => {
			reply.writeHead(400, { 'content-type': 'application/json' });
			reply.end(JSON.stringify({ error: { message: String(error) } }));
		});
	});
	await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));

	return {
		url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
		follow(...script) {
			turns = script;
			requests = [];
		},
		get requests() {
			return requests;
		},
		async close() {
			await new Promise<void>((done) => {
				server.close(() => done());
				server.closeAllConnections();
			});
		},
	};
}

function readRequest(body: string, before: ModelRequest | undefined): ModelRequest {
	const {
		tools = [],
		messages,
		stream,
	} = JSON.parse(body) as {
		tools?: ReadonlyArray<{ function: OfferedTool }>;
		messages: readonly ModelMessage[];
		stream?: boolean;
	};
	if (stream === true) throw new Error('The scripted model does not stream');
	return {
		tools: tools.map((tool) => tool.function),
		messages,
		answers: messages
			.slice(before?.messages.length)
			.filter(({ role }) => role === 'tool')
			.map(({ content }) => String(content)),
	};
}

function completion(turn: Turn, count: number): object {
	const isSaid = typeof turn === 'string';
	const message = isSaid
		? { role: 'assistant', content: turn }
		: {
				role: 'assistant',
				content: null,
				tool_calls: turn.map(({ tool, args }, index) => ({
					id: `call_${count}_${index}`,
					type: 'function',
					function: { name: tool, arguments: JSON.stringify(args) },
				})),
			};
	return {
		id: `chatcmpl-${count}`,
		object: 'chat.completion',
		created: 0,
		model: 'scripted',
		choices: [{ index: 0, message, finish_reason: isSaid ? 'stop' : 'tool_calls' }],
		usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
	};
}

async function readBody(message: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const part of message) chunks.push(part as Buffer);
	return Buffer.concat(chunks).toString();
}
