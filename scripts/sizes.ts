/** `npm run sizes`, after a build: what dist/ weighs, in all and by dependency, into docs/dependencies.md. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledPackages, OWN } from './bundle.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;

const sizes = [...bundledPackages().values()].sort((a, b) => b.bytes - a.bytes);
const dist = path.join(root, 'dist');
const files = readdirSync(dist).map((name) => [name, statSync(path.join(dist, name)).size] as const);
const total = files.reduce((sum, [, size]) => sum + size, 0);

const text = [
  `\`dist/\` weighs ${kilobytes(total)}: ${files.map(([name, size]) => `\`${name}\` ${kilobytes(size)}`).join(', ')}.`,
  '',
  'Source that went into it, before the bundler took out what is not used:',
  '',
  '| package | source |',
  '| --- | --: |',
  ...sizes.map(
    ({ name, version, bytes }) =>
      `| ${name === OWN ? name : `\`${name}\` ${version}`} | ${kilobytes(bytes)} |`,
  ),
].join('\n');
const file = path.join(root, 'docs', 'dependencies.md');
const before = readFileSync(file, 'utf8');
writeFileSync(
  file,
  before.replace(
    /(<!-- sizes: begin.*-->\n)[\s\S]*?(<!-- sizes: end -->)/,
    (_, begin, end) => `${begin}\n${text}\n\n${end}`,
  ),
);
console.log(text);
