import {
	createSourceFile,
	forEachChild,
	isBindingElement,
	isIdentifier,
	isIndexedAccessTypeNode,
	isInterfaceDeclaration,
	isPropertyAccessExpression,
	isPropertySignature,
	isTypeReferenceNode,
	ScriptTarget,
	type Node,
} from 'typescript';
import type { SourceFile } from './dependencyRule';

export interface RowLeak {
	readonly path: string;
	/** The column or row type. */
	readonly names: string;
}

/** Turn a row that a store has read into the hub's own words; they query nothing themselves. */
export const MAPPERS: readonly string[] = [
	'hub-server/src/events/readStoredEvent.ts',
	'hub-server/src/push/readPush.ts',
	'hub-server/src/subscriptions/readSealedSecrets.ts',
	'hub-server/src/subscriptions/readSubscription.ts',
	'hub-server/src/sync/readStream.ts',
];

const QUERY = /\.(?:selectFrom|insertInto|updateTable|deleteFrom)\(/;

/** Kysely's words for a row. */
const ROW_TYPES = new Set(['Selectable', 'Insertable', 'Updateable']);

/**
 * Rows stay where they are queried: what leaves a store speaks camelCase. A file that queries nothing,
 * and a template of a page, name neither a row type nor a column that is spelled as only columns are.
 *
 * @param columns names with an underscore in them
 */
export function findRowLeaks(
	files: readonly SourceFile[],
	columns: ReadonlySet<string>,
): readonly RowLeak[] {
	return files
		.filter(({ path, text }) => !QUERY.test(text) && !MAPPERS.includes(path))
		.flatMap(({ path, text }) => {
			const named = path.endsWith('.eta') ? membersIn(text) : namesIn(text);
			return [...named]
				.filter((name) => columns.has(name) || ROW_TYPES.has(name))
				.map((names) => ({ path, names }));
		});
}

/** Columns that are spelled as the members of a token answer. */
const OAUTH_WORDS = new Set(['access_token', 'refresh_token']);

/** The columns of the ledger that nothing else in the hub is spelled like. */
export function columnsOf(tables: string): ReadonlySet<string> {
	const names = new Set<string>();
	visit(parse(tables), (node) => {
		if (!isInterfaceDeclaration(node)) return;
		visit(node, (member) => {
			if (isPropertySignature(member) && isIdentifier(member.name)) names.add(member.name.text);
		});
	});
	return new Set([...names].filter((name) => name.includes('_') && !OAUTH_WORDS.has(name)));
}

/** Members that are read, and row types. */
function namesIn(text: string): ReadonlySet<string> {
	const names = new Set<string>();
	visit(parse(text), (node) => {
		if (isPropertyAccessExpression(node)) names.add(node.name.text);
		if (isBindingElement(node)) {
			const name = node.propertyName ?? node.name;
			if (isIdentifier(name)) names.add(name.text);
		}
		if (isTypeReferenceNode(node) && isIdentifier(node.typeName)) names.add(node.typeName.text);
		if (isIndexedAccessTypeNode(node) && /^Tables\b/.test(node.getText())) names.add('Selectable');
	});
	return names;
}

function membersIn(template: string): ReadonlySet<string> {
	return new Set([...template.matchAll(/\.([a-z_]+)\b/g)].map(([, name = '']) => name));
}

function parse(text: string): Node {
	return createSourceFile('file.ts', text, ScriptTarget.Latest, true);
}

function visit(node: Node, look: (node: Node) => void): void {
	look(node);
	forEachChild(node, (child) => visit(child, look));
}
