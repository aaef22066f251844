/** For `lower(column) like … escape '\'`: the text stands for itself, anywhere. */
export function patternOf(text: string): string {
	return `%${text.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
}
