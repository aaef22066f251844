import fc from 'fast-check';
import { SLUG_PATTERN, slugOf } from '../../../hub-server/src/workspaces/workspaceStore';

describe('slug of a workspace', () => {
	it.each([
		['Café Noir Ltd.', 'cafe-noir-ltd'],
		['  Smith & Søn  ', 'smith-s-n'],
		['日本', 'workspace-cf2abf'],
		['株式会社', 'workspace-e6843c'],
	])('%j becomes %j', (name, slug) => {
		expect(slugOf(name)).toBe(slug);
	});

	it('is always one that the API accepts', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'grapheme' }), (name) => SLUG_PATTERN.test(slugOf(name))),
		);
	});
});
