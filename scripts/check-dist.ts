/** Fails when dist/ is not byte for byte what the sources build to. Other systems than Linux bundle differently. */
import { execSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = path.join(root, 'dist');

if (process.platform !== 'linux') {
  console.log('dist/ is compared on Linux only.');
  process.exit(0);
}

const committed = path.join(mkdtempSync(path.join(tmpdir(), 'dist-')), 'dist');
try {
  if (existsSync(dist)) cpSync(dist, committed, { recursive: true });
  execSync('npm run --silent build', { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  const files = (directory: string) =>
    existsSync(directory)
      ? readdirSync(directory, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => path.relative(directory, path.join(entry.parentPath, entry.name)))
      : [];
  const names = [...new Set([...files(committed), ...files(dist)])].sort();
  const differing = names.filter((name) => {
    const [before, after] = [path.join(committed, name), path.join(dist, name)];
    return !existsSync(before) || !existsSync(after) || !readFileSync(before).equals(readFileSync(after));
  });
  if (differing.length > 0) {
    console.error(
      `dist/ is not what the sources build to: ${differing.join(', ')}. It has just been rebuilt: commit it.`,
    );
    process.exitCode = 1;
  } else {
    console.log(`dist/ is up to date (${names.length} files).`);
  }
} finally {
  rmSync(path.dirname(committed), { recursive: true, force: true });
}
