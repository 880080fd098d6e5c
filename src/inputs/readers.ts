/** A reader an input: text → value. Those of `api-url` and of gates have files of their own. */
import path from 'node:path';
import { didYouMean } from '../common/nearest.ts';
import { quote } from '../common/text.ts';

/** Tells what is wrong with an input, as the rest of a sentence that begins with its name. */
export type Problem = (rest: string) => void;

/** Reads the text of an input, which is never ''; what it returns after a problem is used for no request. */
export type Reader<Value> = (text: string, problem: Problem) => Value;

/** For an input that may be left out. */
export const optional =
  <Value>(reader: Reader<Value>): Reader<Value | undefined> =>
  (text, problem) =>
    text === '' ? undefined : reader(text, problem);

/** The words of a list, separated by commas or lines. */
export const listWords = (text: string): readonly string[] =>
  text
    .split(/[,\n]/)
    .map((word) => word.trim())
    .filter((word) => word !== '');

/** Several of a list, separated by commas or lines, in the order of the list; `alone` is all of it, or none. */
export const readChoices =
  <const Name extends string>(allowed: readonly Name[], alone: 'all' | 'none'): Reader<readonly Name[]> =>
  (text, problem) => {
    const names = [...allowed, alone];
    const words = listWords(text);
    if (words.includes(alone)) {
      if (words.length > 1) problem(`is ${quote(text)}: "${alone}" stands alone`);
      return alone === 'all' ? allowed : [];
    }
    for (const word of words.filter((word) => !allowed.includes(word as Name))) {
      const isSeveral = word.split(/\s+/).every((part) => allowed.includes(part as Name));
      const hint = isSeveral ? ' Put commas between them.' : didYouMean(word, names);
      problem(`has ${quote(word)}; allowed are ${names.join(', ')}.${hint}`);
    }
    if (words.length === 0) problem(`is ${quote(text)}; allowed are ${names.join(', ')}`);
    return allowed.filter((name) => words.includes(name));
  };

/** One of a list. */
export const readChoice =
  <const Name extends string>(allowed: readonly [Name, ...Name[]]): Reader<Name> =>
  (text, problem) => {
    const choice = allowed.find((name) => name === text);
    if (choice === undefined)
      problem(`is ${quote(text)}; allowed are ${allowed.join(', ')}.${didYouMean(text, allowed)}`);
    return choice ?? allowed[0];
  };

/** `allowed`: the pattern and the limits in words. */
export const readNumber =
  (pattern: RegExp, min: number, max: number, allowed: string): Reader<number> =>
  (text, problem) => {
    const value = Number(text);
    if (!pattern.test(text) || value < min || value > max)
      problem(`is ${quote(text)}; allowed is ${allowed}`);
    return value;
  };

/** In any case. */
export const readBoolean: Reader<boolean> = (text, problem) => {
  if (!/^(?:true|false)$/i.test(text)) problem(`is ${quote(text)}; allowed are true and false`);
  return text.toLowerCase() !== 'false';
};

/** What the kernel shows as files: writing there hangs, or replaces a device. */
const KERNEL_FILES = /^\/(?:proc|sys|dev(?!\/shm(?:\/|$)))(?=\/|$)/;

/** The absolute path, from the workspace. */
export const readPath =
  (workspace: string): Reader<string> =>
  (text, problem) => {
    if (/\p{Cc}/u.test(text))
      problem(`is ${quote(text)}; allowed is a path without line breaks and control characters`);
    const file = path.resolve(workspace, text);
    const [place] = KERNEL_FILES.exec(file) ?? [];
    if (place) problem(`is ${quote(text)}; ${place} holds no files of yours: choose another place`);
    return file;
  };

export const readToken: Reader<string> = (token, problem) => {
  if (token === '')
    problem(
      'is missing: give a classic personal access token of an enterprise owner, such as ${{ secrets.ENTERPRISE_TOKEN }} (an empty value means that the secret does not exist here)',
    );
  else if (!/^[\x21-\x7e]+$/.test(token))
    problem(
      'has spaces, line breaks or other characters that no token has: was more than the token pasted into the secret?',
    );
  return token;
};

/** Of an enterprise. */
export const readSlug: Reader<string> = (text, problem) => {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(text)) {
    const slug = /\/enterprises\/([A-Za-z0-9_.-]+)/.exec(text)?.[1];
    problem(
      `is ${quote(text)}; allowed is the enterprise's slug (letters, digits, hyphens)${slug ? `: "${slug}"` : ', the last part of https://github.com/enterprises/SLUG'}`,
    );
  }
  return text;
};

/** `undefined`: none. */
export const readApiVersion: Reader<string | undefined> = (text, problem) => {
  if (text === 'none') return undefined;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
    problem(`is ${quote(text)}; allowed is a date such as 2022-11-28, or none`);
  return text;
};

export const readRedactKey: Reader<string> = (key, problem) => {
  if (key.length < 32) problem('is shorter than 32 characters; make one with: openssl rand -hex 32');
  return key;
};

/** A calendar month, UTC; `month` is 1 to 12. */
export interface Period {
  readonly year: number;
  readonly month: number;
}

const GITHUB_BEGAN = 2008;

/** `current`, `previous`, or a month that has begun. */
export const readPeriod =
  (now: Date): Reader<Period> =>
  (text, problem) => {
    const current = { year: now.getUTCFullYear(), month: now.getUTCMonth() + 1 };
    if (text === 'current') return current;
    if (text === 'previous')
      return current.month === 1
        ? { year: current.year - 1, month: 12 }
        : { ...current, month: current.month - 1 };
    const [, year, month] = (/^(\d{4})-(0[1-9]|1[0-2])$/.exec(text) ?? []).map(Number);
    if (year === undefined || month === undefined) {
      problem(`is ${quote(text)}; allowed are current, previous, or a month such as 2026-03`);
      return current;
    }
    if (year < GITHUB_BEGAN) problem(`is ${quote(text)}, a month before GitHub began, in ${GITHUB_BEGAN}`);
    if (year > current.year || (year === current.year && month > current.month))
      problem(`is ${quote(text)}, a month that has not begun (UTC)`);
    return { year, month };
  };
