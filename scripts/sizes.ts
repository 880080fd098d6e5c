/** `node scripts/sizes.ts`: what dist/ weighs, in all and by dependency, into docs/dependencies.md. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

interface Module {
  identifier: string;
  size: number;
  modules?: Module[];
}

const root = fileURLToPath(new URL('..', import.meta.url));
const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000).toLocaleString('en-US')} kB`;

/** Bytes of source by package, each module once; what is not under node_modules is this project's own. */
function bySource(modules: readonly Module[]): Map<string, number> {
  const sizes = new Map<string, number>();
  const seen = new Set<string>();
  const add = (module: Module): void => {
    for (const inner of module.modules ?? []) add(inner);
    if (module.modules || seen.has(module.identifier)) return;
    seen.add(module.identifier);
    const name =
      [...module.identifier.matchAll(/node_modules[\\/]((?:@[^\\/]+[\\/])?[^\\/|!]+)/g)].at(-1)?.[1] ??
      'this project';
    sizes.set(name, (sizes.get(name) ?? 0) + module.size);
  };
  for (const module of modules) add(module);
  return sizes;
}

const temporary = mkdtempSync(path.join(tmpdir(), 'sizes-'));
try {
  const stats = path.join(temporary, 'stats.json');
  execFileSync(
    'ncc',
    ['build', 'lib/index.js', '-q', '-o', path.join(temporary, 'dist'), '--stats-out', stats],
    { cwd: root },
  );
  const { modules } = JSON.parse(readFileSync(stats, 'utf8')) as { modules: Module[] };
  const sizes = [...bySource(modules)].sort((a, b) => b[1] - a[1]);
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
      ([name, size]) =>
        `| ${name === 'this project' ? name : `\`${name.replaceAll('\\', '/')}\``} | ${kilobytes(size)} |`,
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
} finally {
  rmSync(temporary, { recursive: true });
}
