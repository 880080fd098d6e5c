/** The files in `report-directory`: whose is whose, and how they come to be complete or not at all. */
import { type FileHandle, lstat, open, readdir, realpath, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../common/documents.ts';
import {
  codeOf,
  describeFailure,
  finishedName,
  isSystemError,
  makeDirectory,
  markFinished,
  markUnfinished,
  unfinishedName,
} from '../common/files.ts';
import { isOurs, REPORT_FILES } from '../report-files.ts';

/** A file could not be written. The message names the input and the remedy. */
export class OutputError extends ExplainedError {
  constructor(message: string, cause?: unknown) {
    super('files', message, cause);
  }
}

export type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

const BUFFER_SIZE = 256 * 1024;
const SIGNATURE_SIZE = 4096;
const AN_HOUR = 60 * 60 * 1000;

/**
 * Writes `directory/name` from chunks and returns its path. A link in its place is replaced. Throws an OutputError
 * and leaves nothing behind, but what stood there before.
 */
export async function writeFile(directory: string, name: string, chunks: Chunks): Promise<string> {
  const target = path.join(directory, name);
  const temporary = unfinishedName(target);
  try {
    await makeDirectory(directory);
    markUnfinished(temporary);
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
    throw await asOutputError(error, target);
  } finally {
    markFinished(temporary);
  }
}

/** Small texts are joined: a write each would take longer than making them. */
async function writeChunks(file: FileHandle, chunks: Chunks): Promise<void> {
  let buffer = '';
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') buffer += chunk;
    if (typeof chunk === 'string' && buffer.length < BUFFER_SIZE) continue;
    await file.appendFile(buffer);
    buffer = '';
    if (typeof chunk !== 'string') await file.appendFile(chunk);
  }
  await file.appendFile(buffer);
}

/** Removes a file of this run that says what is no longer true; one that cannot be removed is emptied. */
export async function withdrawFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    const handle = await open(file, 'r+').catch(() => undefined);
    if (handle === undefined) throw await asOutputError(error, file);
    await handle.truncate().finally(() => handle.close());
  }
}

interface Clearing {
  /** Names of the files that this run may write. */
  readonly names: readonly string[];
  /** Paths of files that stay, whatever they are. */
  readonly kept: readonly (string | undefined)[];
  readonly now: Date;
}

/**
 * Removes what earlier runs left in `directory`: their files, what one that was killed did not finish, and links where
 * this run may write. Returns why something could not be removed. What is not ours stays.
 *
 * @throws OutputError when something that is not ours stands where this run may write
 */
export async function clearDirectory(directory: string, { names, kept, now }: Clearing): Promise<unknown[]> {
  const errors: unknown[] = [];
  const foreign: string[] = [];
  const keptPaths = new Set<string>();
  for (const file of kept) if (file !== undefined) keptPaths.add(await realPath(file));
  try {
    for (const name of await readdir(directory)) {
      const file = path.join(directory, name);
      const owner = await ownerOf(file, name, now);
      if (owner === 'somebody' && names.includes(name)) foreign.push(name);
      const isStale = owner === 'us' || (owner === 'a link' && names.includes(name));
      if (!isStale || keptPaths.has(await realPath(file))) continue;
      await rm(file, { force: true }).catch(async (error) => errors.push(await asOutputError(error, file)));
    }
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') errors.push(await asOutputError(error, directory));
  }
  if (foreign.length === 0) return errors;
  throw new OutputError(
    `Input \`report-directory\`: in ${directory} stands what this action did not write, in the place of its own: ${foreign.join(', ')}. Choose another directory, or remove it.`,
  );
}

async function ownerOf(file: string, name: string, now: Date): Promise<'us' | 'somebody' | 'a link'> {
  const finished = finishedName(name);
  if (!REPORT_FILES.has(finished ?? name)) return 'somebody';
  const stats = await lstat(file).catch(() => undefined);
  if (stats === undefined) return 'somebody';
  if (stats.isSymbolicLink()) return 'a link';
  if (!stats.isFile()) return 'somebody';
  // Another run may be writing a younger one right now.
  if (finished !== undefined) return now.getTime() - stats.mtimeMs > AN_HOUR ? 'us' : 'somebody';
  return isOurs(name, await readStart(file)) ? 'us' : 'somebody';
}

/** '' of a file that cannot be read. */
async function readStart(file: string): Promise<string> {
  const handle = await open(file).catch(() => undefined);
  if (handle === undefined) return '';
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SIGNATURE_SIZE), 0, SIGNATURE_SIZE, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The same for every spelling of a path: links and, where the file system ignores it, case. */
const realPath = (file: string): Promise<string> => realpath(file).catch(() => path.resolve(file));

/** Errors that are not the file system's are their thrower's. */
async function asOutputError(error: unknown, file: string): Promise<unknown> {
  if (!isSystemError(error)) return error;
  const why = await describeFailure(error, file);
  return new OutputError(`Input \`report-directory\`: ${file} cannot be written: ${why}`, error);
}
