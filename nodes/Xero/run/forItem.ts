import { refuseInput, type Outcome } from '../errors/failure';

/** Runs a step for one item; an expression that cannot be resolved fails that item only. */
export async function forItem<T>(
	step: () => Outcome<T> | Promise<Outcome<T>>,
): Promise<Outcome<T>> {
	try {
		return await step();
	} catch (error) {
		const { message, description } = error as { message?: string; description?: string | null };
		return refuseInput(message ?? String(error), description ?? undefined);
	}
}
