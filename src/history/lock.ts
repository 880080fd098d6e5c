/** A lock beside a file, so that runs which write it at the same time come one after the other. */
import { randomUUID } from 'node:crypto';
import { link, lstat, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { codeOf, markFinished, markUnfinished } from '../common/files.ts';

export interface Clock {
  /** Milliseconds since 1970, as files are dated. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<unknown>;
}

const SYSTEM: Clock = { now: () => Date.now(), sleep: (milliseconds) => sleep(milliseconds) };
const STALE_MS = 60_000;
const RETRY_MS = 25;

/**
 * Does `work` while holding `FILE.lock`, and waits for whoever holds it. A lock older than 60 seconds, or unchanged for
 * so long, is what a killed run left: it is broken.
 */
export async function withLock<T>(file: string, work: () => Promise<T>, clock: Clock = SYSTEM): Promise<T> {
  const lock = `${file}.lock`;
  const mark = randomUUID();
  let seen: Held | undefined;
  while (!(await take(lock, mark))) {
    const held = await readHeld(lock, clock);
    if (held?.mark !== seen?.mark) seen = held;
    if (held && seen && clock.now() - Math.min(held.at, seen.seenAt) > STALE_MS) await breakLock(lock, held);
    else await clock.sleep(RETRY_MS * (1 + Math.random()));
  }
  markUnfinished(lock);
  try {
    return await work();
  } finally {
    // Unless somebody broke it meanwhile.
    if ((await readMark(lock)) === mark) await rm(lock, { force: true });
    markFinished(lock);
  }
}

interface Held {
  readonly mark: string;
  /** When the lock was made, and when this run first saw it, whose clocks may differ: in milliseconds. */
  readonly at: number;
  readonly seenAt: number;
}

async function take(lock: string, mark: string): Promise<boolean> {
  try {
    await writeFile(lock, mark, { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

const readMark = (lock: string): Promise<string> => readFile(lock, 'utf8').catch(() => '');

async function readHeld(lock: string, clock: Clock): Promise<Held | undefined> {
  const stats = await lstat(lock).catch(() => undefined);
  return stats && { mark: await readMark(lock), at: stats.mtimeMs, seenAt: clock.now() };
}

/** Moved aside first, so that of two runs which break it only one does. */
async function breakLock(lock: string, { mark }: Held): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  try {
    await rename(lock, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  // Another run broke it first, and this one is new.
  if ((await readMark(aside)) !== mark) await link(aside, lock).catch(() => undefined);
  await rm(aside, { force: true, recursive: true });
}
