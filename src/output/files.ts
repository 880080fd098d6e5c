/** Files that appear complete or not at all. */
import { randomUUID } from 'node:crypto';
import { unlinkSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../explained-error.ts';
import { REPORT_FILES } from '../report-files.ts';

/** A file could not be written. The message names the input and the remedy. */
export class OutputError extends ExplainedError {}

/** Inputs that name what is written. */
type PathInput = 'report-directory' | 'history-file';

const BUFFER_SIZE = 256 * 1024;
const AN_HOUR = 60 * 60 * 1000;
const UNFINISHED = '.unfinished';
const unfinished = new Set<string>();

/**
 * Writes `directory/name` from chunks and returns its path. Throws an OutputError, which names the input that the path
 * came from, and leaves nothing behind.
 */
export async function writeFile(
  directory: string,
  name: string,
  chunks: Iterable<string> | AsyncIterable<string>,
  input: PathInput = 'report-directory',
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
    throw await asOutputError(error, input, directory, name);
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
  const kept = new Set<string>();
  for (const file of keep) if (file !== undefined) kept.add(await realPath(file));
  let failure: unknown;
  for (const name of await namesIn(directory)) {
    const file = path.join(directory, name);
    if (!REPORT_FILES.has(name) && !(isUnfinished(name) && (await isOld(file)))) continue;
    if (kept.has(await realPath(file))) continue;
    try {
      await rm(file, { force: true });
    } catch (error) {
      failure ??= await asOutputError(error, 'report-directory', directory, name);
    }
  }
  if (failure !== undefined) throw failure;
}

/** Another run may be writing a younger one right now. */
async function isOld(file: string): Promise<boolean> {
  const { mtimeMs } = await stat(file);
  return Date.now() - mtimeMs > AN_HOUR;
}

async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return [];
    throw await asOutputError(error, 'report-directory', directory);
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

/** Errors that are not the file system's are their thrower's. */
async function asOutputError(error: unknown, ...at: Place): Promise<unknown> {
  return isSystemError(error) ? new OutputError(await explain(error, ...at), error) : error;
}

type Place = [input: PathInput, directory: string, name?: string];

async function explain(error: NodeJS.ErrnoException, ...[input, directory, name]: Place): Promise<string> {
  const place = name === undefined ? directory : path.join(directory, name);
  const what = `Input \`${input}\`: ${place} cannot be written`;
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
