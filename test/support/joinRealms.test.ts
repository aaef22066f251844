import { createContext, runInContext } from 'node:vm';
import { joinRealms } from './joinRealms';

const realm = (): typeof globalThis => runInContext('globalThis', createContext()) as never;

describe('two joined realms', () => {
	it.each([
		['Array', '[]'],
		['Date', 'new Date(0)'],
		['Error', 'new TypeError("a")'],
		['TypeError', 'new TypeError("a")'],
		['Function', '() => 1'],
		['Map', 'new Map()'],
		['Object', '({})'],
		['Promise', '(async () => 1)()'],
		['RegExp', '/a/'],
		['Set', 'new Set()'],
	] as const)('know each other’s %s', (name, made) => {
		const [one, other] = [realm(), realm()];
		const values = [one.eval(made), other.eval(made)];
		const known = () =>
			[one, other].map((each) => values.map((value) => value instanceof each[name]));
		expect(known()).toEqual([
			[true, false],
			[false, true],
		]);

		const part = joinRealms(one, other);

		expect(known()).toEqual([
			[true, true],
			[true, true],
		]);
		part();
		expect(known()).toEqual([
			[true, false],
			[false, true],
		]);
	});

	it('still tell classes apart, and a subclass from its base', () => {
		const [one, other] = [realm(), realm()];
		joinRealms(one, other);
		const error: unknown = other.eval('new Error("a")');
		class Own extends one.Error {}

		expect(error instanceof one.Error).toBe(true);
		expect(error instanceof one.TypeError).toBe(false);
		expect(error instanceof one.Date).toBe(false);
		expect(error instanceof Own).toBe(false);
		expect(new Own() instanceof Own).toBe(true);
		expect(new Own() instanceof other.Error).toBe(true);
		expect(('text' as unknown) instanceof one.Object).toBe(false);
	});
});
