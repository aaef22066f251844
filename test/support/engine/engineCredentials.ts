import {
	ICredentialsHelper,
	NodeHelpers,
	Workflow,
	type ICredentialDataDecryptedObject,
	type ICredentials,
	type ICredentialType,
	type IHttpRequestOptions,
	type INode,
	type INodeCredentialsDetails,
	type INodeProperties,
	type INodeType,
	type IWorkflowExecuteAdditionalData,
	type WorkflowExecuteMode,
} from 'n8n-workflow';

/** Credentials by id, as the user filled them in; n8n writes refreshed OAuth2 tokens back here. */
export type CredentialData = Record<string, ICredentialDataDecryptedObject>;

/** What the engine needs of n8n's `oAuth2Api`, on which OAuth2 credentials build. */
const OAUTH2_API: ICredentialType = {
	name: 'oAuth2Api',
	displayName: 'OAuth2 API',
	properties: [
		['grantType', 'authorizationCode'],
		['authUrl', ''],
		['accessTokenUrl', ''],
		['clientId', ''],
		['clientSecret', ''],
		['scope', ''],
		['authQueryParameters', ''],
		['authentication', 'header'],
	].map(([name, value]) => ({
		displayName: name ?? '',
		name: name ?? '',
		type: 'string',
		default: value,
	})),
};

const EXPRESSION_NODE: INode = {
	id: 'credentials',
	name: 'credentials',
	type: 'credentials',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

const EXPRESSION_NODE_TYPE = { description: { properties: [] } } as unknown as INodeType;

/** n8n's credentials service, with the credentials in memory instead of a database. */
export class EngineCredentials extends ICredentialsHelper {
	constructor(
		private readonly packTypes: (name: string) => ICredentialType | undefined,
		private readonly data: CredentialData,
	) {
		super();
	}

	getParentTypes(name: string): string[] {
		const parents = this.typeOf(name).extends ?? [];
		return [...parents, ...parents.flatMap((parent) => this.getParentTypes(parent))];
	}

	isCredentialUsableByNode(): boolean {
		return true;
	}

	getCredentialsProperties(type: string): INodeProperties[] {
		const { extends: parents = [], properties } = this.typeOf(type);
		const merged: INodeProperties[] = [];
		for (const parent of parents) {
			NodeHelpers.mergeNodeProperties(merged, this.getCredentialsProperties(parent));
		}
		NodeHelpers.mergeNodeProperties(merged, properties);
		return merged;
	}

	async getCredentials(): Promise<ICredentials> {
		throw new Error('The test engine holds no encrypted credentials');
	}

	async getDecrypted(
		_additionalData: IWorkflowExecuteAdditionalData,
		{ id, name }: INodeCredentialsDetails,
		type: string,
		mode: WorkflowExecuteMode,
		_executeData?: unknown,
		raw?: boolean,
	): Promise<ICredentialDataDecryptedObject> {
		const stored = this.data[id ?? name];
		if (stored === undefined) throw new Error(`The test engine has no credential "${id ?? name}"`);
		if (raw === true) return { ...stored };
		const properties = this.getCredentialsProperties(type);
		const values = NodeHelpers.getNodeParameters(
			properties,
			stored as INode['parameters'],
			true,
			false,
			null,
			null,
		) as ICredentialDataDecryptedObject;
		if (stored.oauthTokenData !== undefined) values.oauthTokenData = stored.oauthTokenData;
		return resolveExpressions(values, mode);
	}

	async authenticate(
		credentials: ICredentialDataDecryptedObject,
		typeName: string,
		request: IHttpRequestOptions,
		workflow: Workflow,
		node: INode,
	): Promise<IHttpRequestOptions> {
		const { authenticate } = this.typeOf(typeName);
		if (typeof authenticate === 'function') return await authenticate(credentials, request);
		const resolve = (text: unknown): unknown =>
			typeof text === 'string' && text.startsWith('=')
				? workflow.expression.getSimpleParameterValue(
						node,
						text,
						'internal',
						{ $credentials: credentials },
						undefined,
						'',
					)
				: text;
		const headers = Object.entries(authenticate?.properties.headers ?? {}).map(([name, value]) => [
			name,
			resolve(value),
		]);
		return { ...request, headers: { ...request.headers, ...Object.fromEntries(headers) } };
	}

	async preAuthentication(): Promise<undefined> {
		return undefined;
	}

	async runPreAuthentication(): Promise<undefined> {
		return undefined;
	}

	async updateCredentials(
		{ id, name }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[id ?? name] = data;
	}

	async updateCredentialsOauthTokenData(
		{ id, name }: INodeCredentialsDetails,
		_type: string,
		data: ICredentialDataDecryptedObject,
	): Promise<void> {
		this.data[id ?? name] = { ...this.data[id ?? name], oauthTokenData: data.oauthTokenData ?? {} };
	}

	private typeOf(name: string): ICredentialType {
		const type = this.packTypes(name) ?? (name === OAUTH2_API.name ? OAUTH2_API : undefined);
		if (type === undefined) throw new Error(`Unknown credential type ${name}`);
		return type;
	}
}

function resolveExpressions(
	values: ICredentialDataDecryptedObject,
	mode: WorkflowExecuteMode,
): ICredentialDataDecryptedObject {
	const workflow = new Workflow({
		nodes: [EXPRESSION_NODE],
		connections: {},
		active: false,
		nodeTypes: {
			getByName: () => EXPRESSION_NODE_TYPE,
			getByNameAndVersion: () => EXPRESSION_NODE_TYPE,
			getKnownTypes: () => ({}),
		},
	});
	return workflow.expression.getComplexParameterValue(
		EXPRESSION_NODE,
		values as INode['parameters'],
		mode,
		{},
		undefined,
		undefined,
		values,
	) as ICredentialDataDecryptedObject;
}
