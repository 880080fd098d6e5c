/**
 * The stage that looks for duplicates, alone in a process, as cold as in a run: its CPU time.
 *
 *     node bench/duplicates-stage.ts SEATS PLANTED
 */
import { findDuplicates } from '../src/reports/licenses/duplicates.ts';
import { readLicensePage } from '../src/reports/licenses/fetch.ts';
import { duplicatesSections } from '../src/reports/licenses/sections/duplicates.ts';
import { duplicatesTable } from '../src/reports/licenses/tables.ts';
import { generateEnterprise } from '../test/simulator/enterprise.ts';

const [seats, planted] = process.argv.slice(2).map(Number);
const duplicates = { count: planted ?? 0, nearMisses: planted };
// Parsed, as in a run: texts that a program put together are slower to read for the first time.
const page = JSON.parse(
  JSON.stringify({ users: generateEnterprise({ now: new Date(), seats, duplicates }).people }),
);
const { people } = readLicensePage(page);

const began = process.cpuUsage();
const found = findDuplicates(people);
duplicatesTable(found);
duplicatesSections(found);
const { user, system } = process.cpuUsage(began);
console.log(JSON.stringify({ groups: found.groups.length, cpu: (user + system) / 1000 }));
