/** The `history-file` on disk: read before the gates are judged, and given one more line when the metrics are known. */
import { chmod, chown, open, readFile, readlink, realpath, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { ExplainedError } from '../common/documents.ts';
import {
  codeOf,
  describeFailure,
  isSystemError,
  makeDirectory,
  markFinished,
  markUnfinished,
  unfinishedName,
} from '../common/files.ts';
import { type Clock, withLock } from './lock.ts';
import { formatRun, type History, parseHistory, type RecordedRun, trimHistory } from './runs.ts';

/** `history-file` cannot be read or written. */
export class HistoryError extends ExplainedError {
  constructor(message: string, cause?: unknown) {
    super('history-file', message, cause);
  }
}

/** Empty when there is no file yet. Throws a HistoryError when it cannot be read, or is no history. */
export const readHistory = async (file: string): Promise<History> => checkHistory(await readText(file), file);

/** What is no history must not be written to either, for it is somebody's other file. */
function checkHistory(text: string, file: string): History {
  const history = parseHistory(text);
  if (history.runs.length === 0 && history.damaged.length > 0) {
    throw new HistoryError(
      `history-file: ${file} is no history, because no line of it is the record of a run. Give it another name; it was left as it is.`,
    );
  }
  return history;
}

async function readText(file: string): Promise<string> {
  let bytes: Buffer;
  try {
    // What is no file, such as a pipe, could be read for ever.
    if (!(await stat(file)).isFile()) throw new Error('it is no file');
    bytes = await readFile(file);
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return '';
    throw new HistoryError(`history-file: ${file} cannot be read (${(cause as Error).message})`, cause);
  }
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw new HistoryError(
      `history-file: ${file} cannot be read, because it is not UTF-8. Convert it; it was left as it is.`,
      cause,
    );
  }
}

/**
 * Adds a run. Beyond `limit` runs of its enterprise the oldest go; 0 keeps all. Runs that do so at the same time lose
 * nothing. A link stays one: the file that it leads to is written, and made when it is missing.
 *
 * @throws HistoryError
 */
export async function recordRun(file: string, run: RecordedRun, limit: number, clock?: Clock): Promise<void> {
  const target = await followLinks(file);
  try {
    await makeDirectory(path.dirname(target));
    await withLock(target, () => addRun(target, run, limit), clock);
  } catch (error) {
    if (!isSystemError(error)) throw error;
    const why = await describeFailure(error, target);
    throw new HistoryError(`Input \`history-file\`: ${target} cannot be written: ${why}`, error);
  }
}

/** Where a path leads, also when nothing is there yet. */
async function followLinks(file: string, most = 40): Promise<string> {
  const found = await realpath(file).catch(() => undefined);
  if (found !== undefined) return found;
  const directory = await realpath(path.dirname(file)).catch(() => path.dirname(file));
  const to = most > 0 ? await readlink(file).catch(() => undefined) : undefined;
  return to === undefined
    ? path.join(directory, path.basename(file))
    : followLinks(path.resolve(directory, to), most - 1);
}

/** Reads the file anew, because another run may have added to it meanwhile. */
async function addRun(file: string, run: RecordedRun, limit: number): Promise<void> {
  const text = await readText(file);
  checkHistory(text, file);
  const trimmed = trimHistory(text, run.enterprise, limit);
  if (trimmed !== undefined) await replace(file, trimmed + formatRun(run));
  else await append(file, (text === '' || text.endsWith('\n') ? '' : '\n') + formatRun(run));
}

/** With one write, of which nothing is left when it cannot be done in full. */
async function append(file: string, text: string): Promise<void> {
  const bytes = Buffer.from(text);
  const handle = await open(file, 'a');
  try {
    const { size } = await handle.stat();
    const { bytesWritten } = await handle.write(bytes);
    if (bytesWritten === bytes.length) return;
    await handle.truncate(size);
    throw Object.assign(new Error('no space is left'), { code: 'ENOSPC', syscall: 'write' });
  } finally {
    await handle.close();
  }
}

/** By a new file of the same owner and mode; where that cannot be, in place once a copy is safe beside it. */
async function replace(file: string, text: string): Promise<void> {
  const copy = unfinishedName(file);
  markUnfinished(copy);
  try {
    await write(copy, 'wx', text);
    if (await takePlace(copy, file)) return;
  } catch (error) {
    await rm(copy, { force: true });
    throw error;
  } finally {
    // Should the process end from here on, the copy is what is left.
    markFinished(copy);
  }
  try {
    await write(file, 'r+', text);
  } catch (error) {
    const why = (error as Error).message;
    throw new HistoryError(
      `history-file: ${file} was not written to its end (${why}). What it should hold is in ${copy}`,
      error,
    );
  }
  await rm(copy, { force: true });
}

async function write(file: string, flag: 'wx' | 'r+', text: string): Promise<void> {
  const handle = await open(file, flag, 0o600);
  try {
    await handle.writeFile(text);
    await handle.truncate(Buffer.byteLength(text));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** What a file that is mounted, or is somebody else's, answers to being replaced. */
const IRREPLACEABLE: ReadonlySet<string | undefined> = new Set(['EBUSY', 'EXDEV', 'EPERM', 'EACCES']);

/** False where `copy` cannot become `file` with the same owner and mode. */
async function takePlace(copy: string, file: string): Promise<boolean> {
  try {
    const { mode, uid, gid } = await stat(file);
    await chown(copy, uid, gid);
    await chmod(copy, mode);
    await rename(copy, file);
    return true;
  } catch (error) {
    if (IRREPLACEABLE.has(codeOf(error))) return false;
    throw error;
  }
}
