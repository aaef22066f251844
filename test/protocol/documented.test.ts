import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

import { repositoryRoot } from '../support/repositoryRoot';

/** Names that a file exports without a comment that says what they are. */
function undocumented(path: string, text: string): string[] {
	const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
	return file.statements
		.filter(
			(statement) =>
				ts.canHaveModifiers(statement) &&
				ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword),
		)
		.filter((statement) => ts.getJSDocCommentsAndTags(statement).length === 0)
		.map((statement) => statement.getText(file).split('\n')[0] ?? '');
}

const sources = globSync('hub-server/protocol/**/*.ts', { cwd: repositoryRoot });

it('finds what has no comment', () => {
	expect(
		undocumented('x.ts', '/** What it is. */\nexport const a = 1;\nexport const b = 2;'),
	).toEqual(['export const b = 2;']);
});

it('covers the whole protocol', () => {
	expect(sources.length).toBeGreaterThan(15);
});

it.each(sources)('%s says what everything that it exports is', (path) => {
	expect(undocumented(path, readFileSync(join(repositoryRoot, path), 'utf8'))).toEqual([]);
});
