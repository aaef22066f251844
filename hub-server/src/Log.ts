/** The few methods of pino that the hub calls. */
export interface Log {
	info(detail: object, text: string): void;
	warn(detail: object, text: string): void;
	error(detail: object, text: string): void;
}
