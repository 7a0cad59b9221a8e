/**
 * Looks whether every package in the lock file has a licence that we may use and, where it is published with us, pass on. It reads the
 * lock file alone, so it needs no network; that known faults are in none of them is asked in `.github/workflows/ci.yml`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { licencesIn } from './licences/objections.ts';

const lock: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../package-lock.json'), 'utf8'));
const { count, objections } = licencesIn(lock);
if (objections.length > 0) {
  console.error(objections.join('\n'));
  process.exitCode = 1;
} else console.log(`${count} packages, all under licences that may be used.`);
