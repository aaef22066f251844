/** So that work that has much to do lets requests and answers through. */
export function turnOfTheEventLoop(): Promise<void> {
	return new Promise((resolve) => setImmediate(resolve));
}
