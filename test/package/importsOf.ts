import * as ts from 'typescript';

/** One import of a module, in whichever way it is written. */
export interface Import {
	/** What is imported, as written. */
	readonly specifier: string;
	/** `type`: nothing of it is left when the program runs. */
	readonly kind: 'value' | 'type';
}

/**
 * Every module that a source text imports, in its order: `import`, `export … from`, `require`,
 * `import()`, and `import()` as a type. One whose specifier is computed cannot be seen.
 */
export function importsOf(text: string): readonly Import[] {
	const found: Import[] = [];
	const visit = (node: ts.Node): void => {
		const one = importOf(node);
		if (one !== undefined) found.push(one);
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest));
	return found;
}

function importOf(node: ts.Node): Import | undefined {
	if (ts.isImportDeclaration(node)) {
		return toImport(node.moduleSpecifier, onlyTypes(node.importClause));
	}
	if (ts.isExportDeclaration(node)) {
		const { exportClause } = node;
		const named = exportClause && ts.isNamedExports(exportClause) ? exportClause.elements : [];
		return toImport(node.moduleSpecifier, node.isTypeOnly || areTypes(named));
	}
	if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
		return toImport(node.moduleReference.expression, node.isTypeOnly);
	}
	if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
		return toImport(node.argument.literal, true);
	}
	if (ts.isCallExpression(node) && isLoading(node.expression)) {
		return toImport(node.arguments[0], false);
	}
	return undefined;
}

function toImport(specifier: ts.Node | undefined, isType: boolean): Import | undefined {
	if (specifier === undefined || !ts.isStringLiteralLike(specifier)) return undefined;
	return { specifier: specifier.text, kind: isType ? 'type' : 'value' };
}

function onlyTypes(clause: ts.ImportClause | undefined): boolean {
	if (clause === undefined) return false;
	if (clause.isTypeOnly) return true;
	const { name, namedBindings } = clause;
	if (name !== undefined || namedBindings === undefined) return false;
	return ts.isNamedImports(namedBindings) && areTypes(namedBindings.elements);
}

function areTypes(names: readonly (ts.ImportSpecifier | ts.ExportSpecifier)[]): boolean {
	return names.length > 0 && names.every(({ isTypeOnly }) => isTypeOnly);
}

/** `import(…)`, `require(…)` and `require.resolve(…)`. */
function isLoading(callee: ts.Expression): boolean {
	if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
	const name = ts.isPropertyAccessExpression(callee) ? callee.expression : callee;
	return ts.isIdentifier(name) && name.text === 'require';
}
