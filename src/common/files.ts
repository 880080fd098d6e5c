/** Files and directories of any kind: what is unfinished goes with the process, and errors say what to do. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, stat } from 'node:fs/promises';
import path from 'node:path';

export const isSystemError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error;

/** Of a system error; `undefined` of any other. */
export const codeOf = (error: unknown): string | undefined => (isSystemError(error) ? error.code : undefined);

const unfinished = new Set<string>();

/** From here on the file goes when the process is told to end. */
export const markUnfinished = (file: string): void => void unfinished.add(file);
export const markFinished = (file: string): void => void unfinished.delete(file);

/** Removes what is unfinished, at once: for a process that is told to end. */
export function discardUnfinished(): void {
  for (const file of unfinished) {
    try {
      rmSync(file, { force: true });
    } catch {
      // Nothing more can be done for it.
    }
  }
  unfinished.clear();
}

const UNFINISHED = /^\.(.+)\.[0-9a-f]{8}\.unfinished$/;

/** A new name in the same directory, because a file cannot be renamed across file systems. */
export const unfinishedName = (file: string): string =>
  path.join(path.dirname(file), `.${path.basename(file)}.${randomUUID().slice(0, 8)}.unfinished`);

/** The name of the file that `name` was to become; `undefined` when it is no name of `unfinishedName`. */
export const finishedName = (name: string): string | undefined => UNFINISHED.exec(name)?.[1];

/** With its parents. Node.js's own `recursive` tries for ever where the file system refuses, as `/proc` does. */
export async function makeDirectory(directory: string): Promise<void> {
  try {
    await mkdir(directory);
  } catch (error) {
    if (codeOf(error) === 'ENOENT' && path.dirname(directory) !== directory) {
      await makeDirectory(path.dirname(directory));
      await mkdir(directory).catch(ignoreExisting(directory));
    } else {
      await ignoreExisting(directory)(error);
    }
  }
}

const ignoreExisting = (directory: string) => async (error: unknown) => {
  if (!(await isDirectory(directory))) throw error;
};

export const isDirectory = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => undefined))?.isDirectory() ?? false;

/** Why `file` cannot be written, and what to do: the end of a sentence. */
export async function describeFailure(error: NodeJS.ErrnoException, file: string): Promise<string> {
  if (await isDirectory(file)) return 'it is a directory. Remove it.';
  switch (error.code) {
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a part of this path is a file. Choose another directory.';
    case 'ENOENT':
      return 'nothing can be made there. Choose another directory.';
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'permission denied. Choose a directory that the runner may write to.';
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full.';
    default:
      return error.message;
  }
}
