/** Writes dist/licenses.txt: the license of every package in the bundle and in the HTML page. A part of `npm run build`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pageModules } from './build-page.ts';
import { bundledPackages, packageOf } from './bundle.ts';

const target = fileURLToPath(new URL('../dist/licenses.txt', import.meta.url));

const directories = new Set(
  [...bundledPackages().keys(), ...(await pageModules()).map((module) => packageOf(module).directory)].filter(
    Boolean,
  ),
);

const entries = Array.from(directories, (directory) => {
  const { name, version, license } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  const file = readdirSync(directory).find((entry) => /^(licen[cs]e|copying)([.-]|$)/i.test(entry));
  if (!file && !license) throw new Error(`${name} has no license`);
  const text = file ? readFileSync(path.join(directory, file), 'utf8').replaceAll('\r\n', '\n').trim() : '';
  return `${name} ${version}\n${license ?? 'see below'}\n\n${text}\n`;
});
writeFileSync(target, [...new Set(entries)].sort().join(`\n${'-'.repeat(80)}\n\n`));
