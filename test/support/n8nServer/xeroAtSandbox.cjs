'use strict';

/**
 * Preloaded by n8n, whose built-in Xero node has Xero's addresses fixed: what goes to a host of xero.com
 * goes to the sandbox at `XERO_SANDBOX_PORT` instead. The node, its requests and the sandbox stay as they
 * are; only the encryption between them is left out.
 */
const net = require('node:net');
const tls = require('node:tls');

const port = Number(process.env.XERO_SANDBOX_PORT);
const { connect } = tls;

tls.connect = function (...args) {
	const { host, servername } = typeof args[0] === 'object' ? args[0] : {};
	if (!/(^|\.)xero\.com$/.test(String(servername || host))) return connect.apply(this, args);
	const socket = net.connect(port, '127.0.0.1');
	return socket.once('connect', () => socket.emit('secureConnect'));
};
