/** A webhook key and the name under which a payload notes which one signed it. */
export interface SigningKey {
	readonly name: 'current' | 'previous';
	readonly key: string;
}
