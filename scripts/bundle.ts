/** What the last build put into dist/, as the bundler's own statistics (lib/stats.json) have it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

interface Module {
  readonly identifier: string;
  readonly size: number;
  readonly modules?: readonly Module[];
}

export interface BundledPackage {
  /** `OWN` for this project's sources. */
  readonly name: string;
  /** '' for this project. */
  readonly version: string;
  /** Where it is installed; '' for this project. */
  readonly directory: string;
  /** Of its modules, as they are before the bundler takes out what is not used. */
  readonly bytes: number;
}

export const OWN = 'this project';

const STATS = fileURLToPath(new URL('../lib/stats.json', import.meta.url));

/** The package that a module belongs to: the innermost `node_modules/NAME`. */
export function packageOf(modulePath: string): Pick<BundledPackage, 'name' | 'directory'> {
  const file = modulePath.replaceAll('\\', '/').split(/[|!]/).at(-1) ?? '';
  const match = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(file);
  return { name: match?.[2] ?? OWN, directory: match?.[1] ?? '' };
}

/** By directory, so that two versions of a package are two. */
export function bundledPackages(): Map<string, BundledPackage> {
  const packages = new Map<string, BundledPackage>();
  const seen = new Set<string>();
  const add = (module: Module): void => {
    for (const inner of module.modules ?? []) add(inner);
    if (module.modules || seen.has(module.identifier)) return;
    seen.add(module.identifier);
    const { name, directory } = packageOf(module.identifier);
    const bytes = (packages.get(directory)?.bytes ?? 0) + module.size;
    packages.set(directory, { name, version: versionOf(directory), directory, bytes });
  };
  const { modules } = JSON.parse(readFileSync(STATS, 'utf8')) as { modules: readonly Module[] };
  for (const module of modules) add(module);
  return packages;
}

const versionOf = (directory: string): string =>
  directory === ''
    ? ''
    : (JSON.parse(readFileSync(`${directory}/package.json`, 'utf8')) as { version: string }).version;
