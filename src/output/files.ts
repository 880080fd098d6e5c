/** Files that appear complete or not at all. */
import { randomUUID } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';

/** Every file that a run may write: what an earlier run left of them is removed. */
export const REPORT_FILES: ReadonlySet<string> = new Set([
  'licenses.csv',
  'licenses.json',
  'organizations.csv',
  'duplicates.csv',
  'changes.csv',
  'sync-status.csv',
  'sync-status.json',
  'billing.json',
  'usage.csv',
  'committers.csv',
  'budgets.csv',
  'summary.md',
  'report.html',
]);

/** A file could not be written. The message names the input and the remedy. */
export class OutputError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, { cause });
    this.name = 'OutputError';
  }
}

const BUFFER_SIZE = 256 * 1024;
const UNFINISHED = '.unfinished';
const unfinished = new Set<string>();

/** Writes `directory/name` from chunks and returns its path. Throws an OutputError and leaves nothing behind. */
export async function writeFile(
  directory: string,
  name: string,
  chunks: Iterable<string> | AsyncIterable<string>,
): Promise<string> {
  const target = path.join(directory, name);
  // In the same directory, because a file cannot be renamed across file systems.
  const temporary = path.join(directory, `.${name}.${randomUUID().slice(0, 8)}${UNFINISHED}`);
  try {
    await mkdir(directory, { recursive: true });
    unfinished.add(temporary);
    const file = await open(temporary, 'wx');
    try {
      await writeChunks(file, chunks);
    } finally {
      await file.close();
    }
    await rename(temporary, target);
    return target;
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw isSystemError(error) ? new OutputError(await explain(error, directory, name), error) : error;
  } finally {
    unfinished.delete(temporary);
  }
}

async function writeChunks(file: FileHandle, chunks: Iterable<string> | AsyncIterable<string>) {
  let buffer = '';
  for await (const chunk of chunks) {
    buffer += chunk;
    if (buffer.length < BUFFER_SIZE) continue;
    await file.appendFile(buffer);
    buffer = '';
  }
  await file.appendFile(buffer);
}

/**
 * Removes the files that an earlier run left in `directory`, and what an aborted one did not finish. Files at the
 * paths `keep` stay: the history and the previous report may lie there. A directory that is missing is no error.
 */
export async function removeStale(directory: string, keep: Iterable<string | undefined> = []): Promise<void> {
  try {
    const kept = new Set<string>();
    for (const file of keep) if (file !== undefined) kept.add(await realPath(file));
    for (const name of await readdir(directory)) {
      if (!REPORT_FILES.has(name) && !isUnfinished(name)) continue;
      const file = path.join(directory, name);
      if (!kept.has(await realPath(file))) await rm(file, { force: true });
    }
  } catch (error) {
    if (!isSystemError(error)) throw error;
    if (error.code !== 'ENOENT') throw new OutputError(await explain(error, directory), error);
  }
}

const isUnfinished = (name: string): boolean => {
  const match = /^\.(.+)\.[0-9a-f]{8}\.unfinished$/.exec(name);
  return match?.[1] !== undefined && REPORT_FILES.has(match[1]);
};

/** The same for every spelling of a path: links and, where the file system ignores it, case. */
const realPath = (file: string): Promise<string> => realpath(file).catch(() => path.resolve(file));

/** Removes what is half written, at once: for a process that is told to end. */
export function discardUnfinished(): void {
  for (const file of unfinished) {
    try {
      unlinkSync(file);
    } catch {
      // It was not created yet, or has just been finished.
    }
  }
  unfinished.clear();
}

const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

async function explain(error: NodeJS.ErrnoException, directory: string, name?: string): Promise<string> {
  const place = name === undefined ? directory : path.join(directory, name);
  const what = `Input report-directory: ${place} cannot be written`;
  const isDirectory = async (file: string) =>
    (await stat(file).catch(() => undefined))?.isDirectory() ?? false;
  if (name !== undefined && (await isDirectory(place))) return `${what}: it is a directory. Remove it.`;
  switch (error.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return `${what}: a part of this path is a file. Choose another directory.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${what}: permission denied. Choose a directory that the runner may write to.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `${what}: the disk is full.`;
    default:
      return `${what}: ${error.message}`;
  }
}
