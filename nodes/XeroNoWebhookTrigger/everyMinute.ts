import type { ITriggerFunctions } from 'n8n-workflow';

type RegisterCron = ITriggerFunctions['helpers']['registerCron'];

/** n8n before it took an object: the expression alone. */
type RegisterExpression = (expression: string, onTick: () => void) => void;

/**
 * Has n8n call once a minute, in its leader only, until the trigger is deactivated: packs have no timers.
 *
 * @param second of the minute, so that not all triggers come at once
 */
export function everyMinute(
	{ registerCron }: { readonly registerCron: RegisterCron },
	second: number,
	onTick: () => void,
): void {
	const expression = `${second} * * * * *` as const;
	try {
		registerCron({ expression }, onTick);
	} catch {
		(registerCron as unknown as RegisterExpression)(expression, onTick);
	}
}
