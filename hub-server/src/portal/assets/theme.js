'use strict';

// Before the first line is drawn, so that nothing flashes. Without a script the system decides.
document.documentElement.dataset.theme = localStorage.getItem('theme') ?? 'system';
