import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { icon } from '../../../hub-server/src/portal/show/icons';
import { repositoryRoot } from '../../support/repositoryRoot';

const PORTAL = join(repositoryRoot, 'hub-server/src/portal');
const files = readdirSync(join(PORTAL, 'assets/icons')).filter((file) => file.endsWith('.svg'));

describe('the icons of the portal', () => {
	it('say nothing to a screen reader, and draw in the colour of the text', () => {
		const drawn = icon('bell');

		expect(drawn).toMatch(/^<svg class="icon" [^>]*aria-hidden="true"[^>]*><path [^]*<\/svg>$/);
		expect(drawn).not.toMatch(/fill=|stroke=|<script|style=/);
	});

	it.each(files)('%s is lines only, from the set that its licence names', (file) => {
		const text = readFileSync(join(PORTAL, 'assets/icons', file), 'utf8');

		expect(text).toContain('@license lucide-static');
		expect(icon(file.replace('.svg', ''))).not.toMatch(
			/<(?!\/?(?:svg|path|circle|rect|line|polyline|polygon|ellipse)\b)/,
		);
	});

	it('is refused where there is none', () => {
		expect(() => icon('unicorn')).toThrow('The portal has no icon "unicorn".');
	});
});
