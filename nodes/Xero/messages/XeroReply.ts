/** What became of a request, whatever its status. */
export type XeroReply =
	| {
			readonly kind: 'answered';
			readonly status: number;
			/** Names in lower case. */
			readonly headers: Readonly<Record<string, string>>;
			/** Parsed JSON, text where it was none, or the bytes of what another `accept` asked for. */
			readonly body: unknown;
	  }
	/** No answer came: whether the request took effect is not known. */
	| { readonly kind: 'lost'; readonly message: string }
	/** It never left: the credential is missing, not connected or refused at its token endpoint. */
	| { readonly kind: 'unsent'; readonly message: string }
	/** It never left: somebody has stopped the execution. */
	| { readonly kind: 'stopped' };

export type AnsweredReply = Extract<XeroReply, { kind: 'answered' }>;
