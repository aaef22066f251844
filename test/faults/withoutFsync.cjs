'use strict';
// The control of ackAfterFsync.test.ts, loaded with --require: the hub's ledger without durability.
const Database = require('better-sqlite3');
const { pragma } = Database.prototype;
Database.prototype.pragma = function withoutFsync(source, options) {
	return pragma.call(this, source.replace('synchronous = FULL', 'synchronous = OFF'), options);
};
