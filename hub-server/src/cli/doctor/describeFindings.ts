import type { Finding } from './Finding';

const MARKS = { ok: 'ok     ', warning: 'WARNING', wrong: 'WRONG  ' } as const;

/** A table for a terminal: what was looked at, what came out, and below it what to do. */
export function describeFindings(findings: readonly Finding[]): string {
	const width = Math.max(...findings.map(({ check }) => check.length));
	return findings
		.flatMap(({ check, verdict, text, todo }) => [
			`${MARKS[verdict]}  ${check.padEnd(width)}  ${text}`,
			...(todo === undefined ? [] : [`${' '.repeat(width + 11)}→ ${todo}`]),
		])
		.join('\n');
}
