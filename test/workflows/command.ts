/**
 * Stands in for `curl` and `aws`: keeps what it is called with, a line of JSON a call, in the directory of
 * $GITHUB_STAND_IN, and fails when that directory has a file `NAME-fails`.
 */
import { appendFileSync, existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const [name = '', ...args] = process.argv.slice(2);
const directory = process.env.GITHUB_STAND_IN ?? '';
const files = args.map((arg) => arg.replace(/^@/, '')).filter((arg) => arg !== '-' && existsSync(arg));
const content = (file: string) =>
  statSync(file).isDirectory() ? readdirSync(file) : readFileSync(file, 'utf8');
const stdin = args.some((arg) => arg === '@-' || arg === '-') ? readFileSync(0, 'utf8') : '';

appendFileSync(
  path.join(directory, `${name}.ndjson`),
  `${JSON.stringify({ args, stdin, files: files.map(content) })}\n`,
);
if (existsSync(path.join(directory, `${name}-fails`))) {
  process.stderr.write(`${name}: (22) The requested URL returned error: 500\n`);
  process.exit(22);
}
