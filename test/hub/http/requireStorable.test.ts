import fc from 'fast-check';
import { requireStorable } from '../../../hub-server/src/http/requireStorable';

it.each([
	['a text', 'id\0', 'path: '],
	['a member', { name: 'Acme\0' }, 'path.name: '],
	['an element', { ids: ['a', 'b\0'] }, 'path.ids.1: '],
	['a name', { 'a\0': 1 }, 'path: '],
	['half of a pair', { key: { nodeId: '\ud800' } }, 'path.key.nodeId: '],
])('refuses %s that cannot be kept, and says where', (_, value, place) => {
	expect(() => requireStorable(value, 'path')).toThrow(`${place}holds a character`);
});

it('lets pass whatever PostgreSQL keeps', () => {
	const text = fc.string({ unit: 'binary' }).map((one) => one.replaceAll('\0', ''));
	fc.assert(
		fc.property(fc.dictionary(text, fc.oneof(text, fc.integer(), fc.array(text))), (value) => {
			expect(() => requireStorable(value, 'body')).not.toThrow();
		}),
	);
});
