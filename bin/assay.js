#!/usr/bin/env node
// Plain JavaScript that an old Node can read, so that it can say in words what it needs.
import { existsSync } from 'fs';
import nodeModule from 'module';
import { homedir } from 'os';
import { join } from 'path';
import { fileURLToPath } from 'url';

var NEEDED = 24;

if (Number(process.versions.node.split('.')[0]) < NEEDED) {
  process.stderr.write(
    'Assay needs Node.js ' + NEEDED + ' or newer; this is ' + process.version + '. See https://nodejs.org.\n',
  );
  process.exitCode = 2;
} else {
  // Compiled code is kept for the next run, in the person's own folder: what others could write to must not be run. Where nothing
  // can be written, Node goes on without.
  nodeModule.enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay-taxonomy'));
  var source = new URL('../src/cli/index.ts', import.meta.url);
  var isSource = existsSync(fileURLToPath(source));
  import(isSource ? source.href : new URL('../dist/cli/index.js', import.meta.url).href).then(
    function (cli) {
      return cli.run(process.argv.slice(2));
    },
    function (error) {
      process.stderr.write('Assay could not be loaded: ' + error.message + '\n');
      process.exitCode = 2;
    },
  );
}
