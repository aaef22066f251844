'use strict';

// What lists gain with a script: moving with the keyboard, values that are copied, and the detail beside the list.

(() => {
	const WIDE = matchMedia('(min-width: 1100px)');

	const prepare = () => {
		document.documentElement.classList.add('scripted');
		for (const button of document.querySelectorAll('[data-copy-value]')) button.hidden = false;
	};

	const say = (text) => {
		document.getElementById('spoken').textContent = text;
	};

	document.addEventListener('click', (event) => {
		const button = event.target.closest('[data-copy-value]');
		if (!button) return;
		event.preventDefault();
		const { copyValue, what } = button.dataset;
		navigator.clipboard.writeText(copyValue).then(
			() => {
				button.classList.add('copied');
				setTimeout(() => button.classList.remove('copied'), 2000);
				say(`${what} copied`);
			},
			() => say(`${what} could not be copied`),
		);
	});

	const links = () => [...document.querySelectorAll('[data-list] tbody th a')];

	document.addEventListener('keydown', (event) => {
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		if (event.target.closest('input, select, textarea, [contenteditable]')) return;
		const step = { j: 1, k: -1 }[event.key];
		if (!step) return;
		const all = links();
		const at = all.indexOf(document.activeElement);
		const chosen = all.findIndex((link) => link.getAttribute('aria-current') === 'true');
		const next = all[Math.max(0, (at >= 0 ? at : chosen) + step)];
		if (!next) return;
		event.preventDefault();
		next.focus();
	});

	// On a wide screen the detail opens beside the list, which stays where it is.
	document.addEventListener('click', (event) => {
		const link = event.target.closest('[data-list] tbody th a');
		if (!link || !WIDE.matches || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
		event.preventDefault();
		void open(link.href, link.id);
	});

	async function open(href, id) {
		let answer;
		try {
			answer = await fetch(href, { headers: { accept: 'text/html' } });
		} catch {
			location.assign(href);
			return;
		}
		const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
		const split = page.querySelector('[data-list]');
		if (!answer.ok || answer.redirected || !split) {
			location.assign(href);
			return;
		}
		const { scrollY } = window;
		document.querySelector('[data-list]').replaceWith(split);
		document.title = page.title;
		document.querySelector('.path').replaceWith(page.querySelector('.path'));
		history.pushState({ list: true }, '', href);
		window.htmx?.process?.(split);
		document.dispatchEvent(new Event('htmx:after:swap'));
		prepare();
		window.scrollTo(0, scrollY);
		document.getElementById(id)?.focus({ preventScroll: true });
		say(`${split.querySelector('.detail h1')?.textContent ?? 'Detail'} is open`);
	}

	// Going back shows the page as it was then.
	window.addEventListener('popstate', () => location.reload());
	document.addEventListener('htmx:after:swap', prepare);
	document.addEventListener('htmx:afterSwap', prepare);
	prepare();
})();
