import type { Response } from 'express';

/** What only a route knows of the call that the audit log is about to name, such as an organisation's name. */
export type AuditDetail = Readonly<Record<string, string>>;

export function noteForAudit(response: Response, detail: AuditDetail): void {
	Object.assign(response.locals, { auditDetail: detail });
}

export function auditDetailOf(response: Response): AuditDetail {
	return (response.locals as { readonly auditDetail?: AuditDetail }).auditDetail ?? {};
}
