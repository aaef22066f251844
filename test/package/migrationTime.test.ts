import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../support/repositoryRoot';

/** JavaScript's clocks, and those of both engines. */
const CLOCK =
	/\bDate\.now\b|\bnew Date\(\)|\bperformance\b|\bhrtime\b|\bcurrent_(time|date)|\bextract\s*\(\s*epoch|\bstrftime\b|\bunixepoch\b|\bclock_timestamp\b/i;

describe('a migration', () => {
	it('takes its time from outside', () => {
		const folder = join(repositoryRoot, 'hub-server', 'migrations');
		const names = globSync('*.ts', { cwd: folder });

		expect(names.length).toBeGreaterThanOrEqual(8);
		const reading = names.filter((name) => CLOCK.test(readFileSync(join(folder, name), 'utf8')));
		expect(reading).toEqual([]);
	});

	it.each([
		'.set({ resolved_at: Date.now() })',
		'const at = new Date().getTime();',
		'sql`update alerts set resolved_at = extract(epoch from now()) * 1000`',
		'sql`update alerts set resolved_at = unixepoch() * 1000`',
		"c.defaultTo(sql`strftime('%s')`)",
		'c.defaultTo(sql`CURRENT_TIMESTAMP`)',
	])('would be found out: %s', (text) => {
		expect(text).toMatch(CLOCK);
	});
});
