/** The classes that a program meets by name in `instanceof`, and that every realm has of its own. */
const BUILT_IN = [
	'AggregateError',
	'Array',
	'Date',
	'Error',
	'EvalError',
	'Function',
	'Map',
	'Object',
	'Promise',
	'RangeError',
	'ReferenceError',
	'RegExp',
	'Set',
	'SyntaxError',
	'TypeError',
	'URIError',
	'WeakMap',
	'WeakSet',
] as const;

type Realm = Readonly<Record<(typeof BUILT_IN)[number], unknown>>;

const isInstance = Function.prototype[Symbol.hasInstance];

/**
 * Lets `instanceof` know a built-in class of one realm in the instances of another, as if both were
 * one program's, which they are outside Jest.
 *
 * @returns parts them again
 */
export function joinRealms(one: Realm, other: Realm): () => void {
	const pairs = BUILT_IN.map((name): readonly [unknown, unknown] => [one[name], other[name]]);
	for (const pair of pairs) {
		for (const builtIn of pair) {
			Object.defineProperty(builtIn, Symbol.hasInstance, {
				configurable: true,
				value(this: unknown, value: unknown) {
					return (this === builtIn ? pair : [this]).some((each) => isInstance.call(each, value));
				},
			});
		}
	}
	return () => {
		for (const builtIn of pairs.flat()) {
			Reflect.deleteProperty(builtIn as object, Symbol.hasInstance);
		}
	};
}
