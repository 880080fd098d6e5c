/** The repository's files, by their paths from its root. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export const pathOf = (file: string): string => path.join(root, file);

export const read = (file: string): string => readFileSync(pathOf(file), 'utf8').replaceAll('\r\n', '\n');

/** The files of a directory that end like this, as paths from the root with `/`. */
export const filesIn = (directory: string, ending: string): string[] =>
  readdirSync(pathOf(directory), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();

export const WORKFLOWS = filesIn('.github/workflows', '.yml');
export const EXAMPLES = filesIn('examples', '.yml');
export const DOCUMENTS = [
  'README.md',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  ...filesIn('docs', '.md'),
];
