/**
 * Whether a JSON text opens more than `levels` brackets within each other. Asked of the bytes, before
 * anything is made of them: what is nested too deep can be parsed, and overflows the stack of whoever
 * writes or compares it afterwards.
 */
export function isDeeperThan(json: Buffer, levels: number): boolean {
	let depth = 0;
	let isText = false;
	for (let at = 0; at < json.length; at += 1) {
		const byte = json[at];
		if (isText) {
			if (byte === BACKSLASH) at += 1;
			else if (byte === QUOTE) isText = false;
		} else if (byte === QUOTE) isText = true;
		else if (byte === BRACE || byte === BRACKET) {
			depth += 1;
			if (depth > levels) return true;
		} else if (byte === BRACE_END || byte === BRACKET_END) depth -= 1;
	}
	return false;
}

const [QUOTE, BACKSLASH, BRACE, BRACE_END, BRACKET, BRACKET_END] = Buffer.from('"\\{}[]');
