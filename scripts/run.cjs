'use strict';
// Runs a TypeScript file in this very process, so that signals and exit codes pass straight through:
//   node scripts/run.cjs scripts/start.ts [arguments]
// The settings of a file .env join the environment; what is set there already stays.
// Written in old JavaScript, so that any Node from 10 up can read it and say that it is too old.

var fs = require('fs');
var path = require('path');
var url = require('url');

/** The lowest version of an `engines` entry such as ">=20.19", as numbers. */
function lowestVersion(range) {
  return range.replace(/^\D+/, '').split('.').map(Number);
}

function isOlder(version, lowest) {
  for (var index = 0; index < lowest.length; index++) {
    if (version[index] !== lowest[index]) return version[index] < lowest[index];
  }
  return false;
}

function fail(error) {
  console.error(error);
  process.exit(1);
}

var range = require('../package.json').engines.node;
if (isOlder(process.versions.node.split('.').map(Number), lowestVersion(range))) {
  fail('error: Node ' + range + ' is needed, but this is Node ' + process.versions.node + '.');
}

if (fs.existsSync('.env')) process.loadEnvFile('.env');
process.argv.splice(1, 1);
process.argv[1] = path.resolve(process.argv[1]);
// Packages test in production less of what is right anyway; nothing else of ours follows from it.
process.env.NODE_ENV = process.env.NODE_ENV || 'production';
// On two cores, threads that help to collect young objects cost more than they spare: 25 to 40 % of CPU in a
// loop over the executor; over HTTP the difference was within the noise.
require('v8').setFlagsFromString('--no-parallel-scavenge');
// In package.json, servers get half of V8's room for young objects (--max-semi-space-size=8): under load they
// hold 377 MB instead of 490, idle 210 instead of 224, for the same CPU (16 clients, nested query, facts).
// TypeScript becomes JavaScript in a process that ends with that: what it takes is not kept.
var bundled = require('child_process').spawnSync(
  process.execPath,
  [path.join(__dirname, 'bundle.mjs'), process.argv[1]],
  { encoding: 'utf8' },
);
if (bundled.status !== 0) fail(bundled.stderr || bundled.error);
import(url.pathToFileURL(bundled.stdout).href).catch(fail);
