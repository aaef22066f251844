/** A kind of record as Xero's OpenAPI file describes it: what each member holds. */
export type Kind = Readonly<Record<string, MemberType>>;

export type MemberType =
	/** `date`: in any of the forms that Xero takes; who reads the record judges it. */
	| 'text'
	| 'number'
	| 'guid'
	| 'flag'
	| 'date'
	| { readonly oneOf: readonly string[] }
	/** Another kind, by name. */
	| { readonly kind: string }
	| { readonly listOf: MemberType };

/** By name; those with the name of a collection are the body of a write: one list. */
export type Kinds = Readonly<Record<string, Kind>>;
