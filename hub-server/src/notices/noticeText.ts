import { alertTitle } from '../alerts/alertTitle';
import type { Notice } from './Notice';

/** What a notice says, for programs and for people. */
export interface NoticeText {
	readonly title: string;
	/** A few lines of plain text. */
	readonly text: string;
	/** The body of the signed webhook. */
	readonly json: string;
}

export interface NoticePlace {
	readonly workspace: { readonly slug: string; readonly name: string };
	/** Without a trailing slash. */
	readonly publicUrl: string;
}

export function noticeText(notice: Notice, { workspace, publicUrl }: NoticePlace): NoticeText {
	const isOver = notice.what === 'ended';
	const title = `${isOver ? 'Ended: ' : ''}${alertTitle(notice.kind)} (${workspace.name})`;
	const iso = (at: number) => new Date(at).toISOString();
	const link = `${publicUrl}/w/${workspace.slug}`;
	const lines = isOver
		? [`Since ${iso(notice.raisedAt)}, until ${iso(notice.endedAt ?? notice.raisedAt)}.`]
		: [notice.message, `Since ${iso(notice.raisedAt)}.`];
	const text = [title, ...lines, link].join('\n');
	return {
		title,
		text,
		json: JSON.stringify({
			type: `alert.${notice.what}`,
			timestamp: iso(notice.endedAt ?? notice.raisedAt),
			data: {
				id: notice.id,
				kind: notice.kind,
				title: alertTitle(notice.kind),
				subject: notice.subject,
				message: notice.message,
				workspace: { slug: workspace.slug, name: workspace.name },
				raisedAt: iso(notice.raisedAt),
				endedAt: notice.endedAt === null || !isOver ? null : iso(notice.endedAt),
				url: link,
			},
		}),
	};
}
