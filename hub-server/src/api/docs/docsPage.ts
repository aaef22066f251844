/** The page in which the reader shows `/openapi.json`. */
export const DOCS_PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>The hub’s API – Xero Hub</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css">
</head>
<body>
<noscript><p>This page needs a script. For programs: <a href="/openapi.json">openapi.json</a>.</p></noscript>
<main id="docs"></main>
<script src="/docs/reader.js"></script>
<script src="/docs/docs.js"></script>
</body>
</html>
`;

export const DOCS_STYLE = 'body { margin: 0; }\n';

/** Options: https://redocly.com/docs/redoc/config */
export const DOCS_SCRIPT = `Redoc.init(
	'/openapi.json',
	{
		nativeScrollbars: true,
		sortRequiredPropsFirst: true,
		jsonSamplesExpandLevel: 3,
		schemasExpansionLevel: 2,
	},
	document.getElementById('docs'),
);
`;

/**
 * The reader makes its styles as it goes, and searches in a worker that it makes from its own text.
 * Nothing comes from another host, and nothing goes there.
 */
export const DOCS_CONTENT_SECURITY_POLICY = [
	"default-src 'none'",
	"script-src 'self'",
	"style-src 'self' 'unsafe-inline'",
	"img-src 'self' data:",
	"connect-src 'self'",
	'worker-src blob:',
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');
