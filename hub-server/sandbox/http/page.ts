/** A whole HTML page that needs nothing from elsewhere. */
export function page(title: string, body: string, size: 'narrow' | 'wide' = 'narrow'): string {
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Sandbox</title><style>${STYLE}</style></head>
<body class="${size}"><main><p class="brand">Accounting sandbox</p><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

export function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

const STYLE = `
:root{color-scheme:light dark}
body{margin:0;font:16px/1.5 system-ui,sans-serif;background:#eef1f4;color:#1c2733}
main{max-width:26rem;margin:3rem auto;padding:1.5rem 2rem 2rem;background:#fff;border-radius:10px;box-shadow:0 1px 6px #0002}
.wide main{max-width:64rem}
.brand{margin:0;font-size:.8rem;letter-spacing:.08em;text-transform:uppercase;color:#5a6b7b}
h1{margin:.2rem 0 1.2rem;font-size:1.35rem}
fieldset{border:0;margin:0;padding:0}legend{font-weight:600;margin-bottom:.4rem}
.choice{display:flex;gap:.6rem;padding:.6rem .8rem;margin:.3rem 0;border:1px solid #c8d1da;border-radius:8px;cursor:pointer}
.choice:has(:checked){border-color:#0b6fb8;background:#eaf4fb}
details{margin:1rem 0}.muted{color:#5a6b7b;font-size:.9rem}
.buttons{display:flex;gap:.6rem;margin:1.2rem 0 0}
button{font:inherit;padding:.55rem 1.1rem;border-radius:8px;border:1px solid #c8d1da;background:#fff;color:inherit;cursor:pointer}
button.primary{background:#0b6fb8;border-color:#0b6fb8;color:#fff}
.error{font-weight:600;color:#a3231d}
table{width:100%;border-collapse:collapse;font-size:.92rem}
th,td{text-align:left;padding:.4rem .6rem;border-bottom:1px solid #dde3e9;vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
code{font-size:.9em;overflow-wrap:anywhere}
@media(prefers-color-scheme:dark){body{background:#11171d;color:#e4eaf0}main{background:#1b242d}.choice,button,th,td{border-color:#3a4753}button{background:#24303b}.choice:has(:checked){background:#12344d}}
`;
