'use strict';

/**
 * Preloaded by n8n. Its AI Agent asks for the driver of SQLite when it is loaded, for a kind of agent
 * that is no longer offered; the install leaves that driver unbuilt, and n8n runs on PostgreSQL.
 */
const Module = require('node:module');

const load = Module._load;

Module._load = function (request, ...others) {
	return request === 'sqlite3' ? {} : load.call(this, request, ...others);
};
