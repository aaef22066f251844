/** A whole HTML page that needs nothing from elsewhere. */
export function page(title: string, body: string, size: 'narrow' | 'wide' = 'narrow'): string {
	return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Sandbox</title><style>${STYLE}</style></head>
<body class="${size}"><main><nav class="brand" aria-label="Sandbox"><strong>Accounting sandbox</strong>${size === 'wide' ? LINKS : ''}</nav><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}

export function escapeHtml(text: string): string {
	return text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;')
		.replaceAll("'", '&#39;');
}

const LINKS =
	'<a href="/">Organisations and apps</a><a href="/webhooks">Webhooks</a><a href="/faults">Faults</a><a href="/limits">Limits</a><a href="/requests">Requests</a>';

const STYLE = `
:root{color-scheme:light dark;--ink:light-dark(#1d2522,#e3e9e6);--quiet:light-dark(#5a6762,#9db0a8);--line:light-dark(#dfe4e1,#2b3833);--ground:light-dark(#f4f5f2,#0e1412);--card:light-dark(#fff,#161e1b);--act:light-dark(#7a3f00,#ffb84d);--on-act:light-dark(#fff,#221300);--bad:light-dark(#a3231d,#ff9c93);--good:light-dark(#12703e,#6bd39a)}
body{margin:0;font:15px/1.5 system-ui,sans-serif;background:var(--ground);color:var(--ink)}
main{max-width:26rem;margin:2rem auto;padding:1.25rem 1.75rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:8px}
.wide main{max-width:68rem}
.brand{display:flex;flex-wrap:wrap;gap:.25rem 1rem;margin:0 0 .75rem;padding-bottom:.75rem;border-bottom:1px solid var(--line);font-size:.9rem;color:var(--quiet)}
.brand strong{margin-right:auto;color:var(--ink)}
a{color:var(--act)}
h1{margin:.2rem 0 1rem;font-size:1.35rem}h2{margin:1.75rem 0 .5rem;font-size:1.05rem}
fieldset{border:0;margin:0;padding:0}legend{font-weight:600;margin-bottom:.4rem}
.choice{display:flex;gap:.6rem;padding:.6rem .8rem;margin:.3rem 0;border:1px solid var(--line);border-radius:8px;cursor:pointer}
.choice:has(:checked){border-color:var(--act)}
details{margin:1rem 0}.muted{color:var(--quiet);font-size:.93rem}
.buttons{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem;margin:1rem 0}
form.inline{display:inline}
button{font:inherit;padding:.4rem .9rem;border-radius:6px;border:1px solid var(--quiet);background:none;color:inherit;cursor:pointer}
td button{padding:.1rem .6rem}
button.primary{background:var(--act);border-color:var(--act);color:var(--on-act)}
label{display:block;margin:.6rem 0 .2rem;font-weight:600}
input,textarea{box-sizing:border-box;width:100%;max-width:36rem;padding:.4rem .6rem;border:1px solid var(--quiet);border-radius:6px;background:none;color:inherit;font:inherit}
textarea{min-height:9rem;font:.9em ui-monospace,monospace}
.error{font-weight:600;color:var(--bad)}.good{color:var(--good)}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-size:.95rem}
th,td{text-align:left;padding:.35rem .6rem;border-bottom:1px solid var(--line);vertical-align:top}
td.number,th.number{text-align:right;font-variant-numeric:tabular-nums}
td.acts{white-space:nowrap}
code,pre{font-size:.9em;overflow-wrap:anywhere}pre{white-space:pre-wrap}
:focus-visible{outline:3px solid var(--act);outline-offset:2px}
`;
