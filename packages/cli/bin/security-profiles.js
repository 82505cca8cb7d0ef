#!/usr/bin/env node
const { runCli } = require('../dist/index.cjs.js');

runCli(process.argv.slice(2), {
  print: line => process.stdout.write(`${line}\n`),
  complain: line => process.stderr.write(`${line}\n`),
}).then(code => {
  process.exitCode = code;
});
