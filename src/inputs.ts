/** `INPUT_*` → Inputs: every input is checked before the first request, and every problem is reported at once. */
import path from 'node:path';
import { ExplainedError } from './explained-error.ts';
import { readApiUrl } from './inputs/api-url.ts';
import { type Period, readPeriod } from './inputs/period.ts';
import { METRICS, REPORT_NAMES, type ReportName } from './metrics.ts';
import { didYouMean } from './nearest.ts';
import { REPORT_FILES } from './report-files.ts';
import { quote } from './text.ts';
import { type Gate, LEVELS, parseGates } from './thresholds.ts';

/** Every input and its default, as `action.yml` has them. */
export const INPUT_DEFAULTS = {
  report: 'licenses',
  enterprise: '',
  token: '',
  'api-url': 'https://api.github.com',
  'api-version': '2022-11-28',
  'fail-on': '',
  'warn-on': '',
  'report-directory': 'enterprise-report',
  formats: 'csv, json',
  'job-summary': 'true',
  period: 'current',
  'advanced-security-product': 'auto',
  'stale-after-days': '8',
  'history-file': '',
  'history-limit': '520',
  'previous-report': '',
  concurrency: '10',
  'redact-key': '',
} as const;

export type InputName = keyof typeof INPUT_DEFAULTS;
const INPUT_NAMES = Object.keys(INPUT_DEFAULTS) as InputName[];

const FORMAT_NAMES = ['csv', 'json', 'markdown', 'html'] as const;
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What the kernel shows as files: writing there hangs, or replaces a device. */
const KERNEL_FILES = /^\/(?:proc|sys|dev(?!\/shm(?:\/|$)))(?=\/|$)/;

const ADVANCED_SECURITY_PRODUCTS = ['auto', 'code_security', 'secret_protection'] as const;

export interface Inputs {
  readonly reports: readonly ReportName[];
  /** '' when not given, which only an Enterprise Server allows. */
  readonly enterprise: string;
  readonly token: string;
  /** Without a trailing slash. */
  readonly apiUrl: string;
  /** `undefined`: send no version header. */
  readonly apiVersion: string | undefined;
  readonly gates: readonly Gate[];
  /** Absolute. */
  readonly reportDirectory: string;
  readonly formats: readonly FormatName[];
  readonly jobSummary: boolean;
  /** `current` and `previous` are already resolved against the run's time. */
  readonly period: Period;
  readonly advancedSecurityProduct: (typeof ADVANCED_SECURITY_PRODUCTS)[number];
  readonly staleAfterDays: number;
  /** Absolute; `undefined` when not given. */
  readonly historyFile: string | undefined;
  /** 0 keeps all. */
  readonly historyLimit: number;
  /** Absolute; `undefined` when not given. */
  readonly previousReport: string | undefined;
  readonly concurrency: number;
  readonly redactKey: string | undefined;
}

/** What is wrong with the inputs, all of it. */
export class InputError extends ExplainedError {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What the user gave for an input, trimmed; its default when that is empty. */
export function inputText(env: Environment, name: InputName): string {
  const given = env[variable(name)]?.trim() ?? '';
  if (given !== '') return given;
  return name === 'api-url' ? env.GITHUB_API_URL?.trim() || INPUT_DEFAULTS[name] : INPUT_DEFAULTS[name];
}

type PathInput = 'report-directory' | 'history-file' | 'previous-report';

/** The path that an input names, absolute; `undefined` when it names none. */
export const inputPath = (env: Environment, name: PathInput): string | undefined =>
  inputText(env, name) === '' ? undefined : path.resolve(workspace(env), inputText(env, name));

/** Where files go, absolute: known even when other inputs are wrong. */
export function reportDirectory(env: Environment): string {
  return inputPath(env, 'report-directory') as string;
}

/** The inputs' secrets as given, to be masked before anything else happens. */
export function secrets(env: Environment): string[] {
  return (['token', 'redact-key'] as const)
    .flatMap((name) => [env[variable(name)] ?? '', inputText(env, name)])
    .filter((secret, index, all) => secret.trim() !== '' && all.indexOf(secret) === index);
}

/**
 * Reads and checks every input.
 *
 * @param now the moment of the run, which `period` is reckoned from
 * @throws InputError with every problem, each naming the input, the value and what is allowed
 */
export function readInputs(env: Environment, now: Date): Inputs {
  const problems = unknownInputs(env);
  const problem = (name: InputName, rest: string): undefined => {
    problems.push(`Input \`${name}\` ${rest}`);
  };
  const text = (name: InputName) => inputText(env, name);

  const choices = <const T extends string>(name: InputName, allowed: readonly T[], alone: string): T[] => {
    const words = text(name)
      .split(/[,\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== '');
    if (words.includes(alone)) {
      if (words.length > 1) problem(name, `is ${quote(text(name))}: "${alone}" stands alone`);
      return alone === 'all' ? [...allowed] : [];
    }
    for (const word of words) {
      if (allowed.includes(word as T)) continue;
      problem(
        name,
        `has ${quote(word)}; allowed are ${[...allowed, alone].join(', ')}.${didYouMean(word, [...allowed, alone])}`,
      );
    }
    if (words.length === 0)
      problem(name, `is ${quote(text(name))}; allowed are ${[...allowed, alone].join(', ')}`);
    return allowed.filter((word) => words.includes(word));
  };

  const number = (name: InputName, pattern: RegExp, min: number, max: number, allowed: string): number => {
    const value = Number(text(name));
    if (!pattern.test(text(name)) || value < min || value > max)
      problem(name, `is ${quote(text(name))}; allowed is ${allowed}`);
    return value;
  };

  const file = (name: PathInput): string | undefined => {
    if (/\p{Cc}/u.test(text(name)))
      problem(name, `is ${quote(text(name))}; allowed is a path without line breaks and control characters`);
    const file = inputPath(env, name);
    const [place] = KERNEL_FILES.exec(file ?? '') ?? [];
    if (place)
      problem(name, `is ${quote(text(name))}; ${place} holds no files of yours: choose another place`);
    return file;
  };

  const reports = choices('report', REPORT_NAMES, 'all');
  const apiUrl = readApiUrl(text('api-url'), (rest) => problem('api-url', rest));
  const historyFile = file('history-file');
  const directory = file('report-directory') as string;

  const token = text('token');
  if (token === '') {
    problem(
      'token',
      'is missing: give a classic personal access token of an enterprise owner, such as ${{ secrets.ENTERPRISE_TOKEN }} (an empty value means that the secret does not exist here)',
    );
  } else if (!/^[\x21-\x7e]+$/.test(token)) {
    problem(
      'token',
      'has spaces, line breaks or other characters that no token has: was more than the token pasted into the secret?',
    );
  }

  const enterprise = text('enterprise');
  if (enterprise === '') {
    if (!apiUrl.endsWith('/api/v3'))
      problem(
        'enterprise',
        'is missing: give the slug, the last part of https://github.com/enterprises/SLUG (only an Enterprise Server, whose api-url ends in /api/v3, needs none)',
      );
    else if (reports.some((report) => report !== 'licenses'))
      problem(
        'enterprise',
        `is missing: without it an Enterprise Server has the licenses report only, and report is ${quote(text('report'))}`,
      );
  } else if (!/^[A-Za-z0-9][A-Za-z0-9_.-]*$/.test(enterprise)) {
    const slug = /\/enterprises\/([A-Za-z0-9_.-]+)/.exec(enterprise)?.[1];
    problem(
      'enterprise',
      `is ${quote(enterprise)}; allowed is the enterprise's slug (letters, digits, hyphens)${slug ? `: "${slug}"` : ', the last part of https://github.com/enterprises/SLUG'}`,
    );
  }

  const apiVersion = text('api-version');
  if (apiVersion !== 'none' && !/^\d{4}-\d{2}-\d{2}$/.test(apiVersion))
    problem('api-version', `is ${quote(apiVersion)}; allowed is a date such as 2022-11-28, or none`);

  const jobSummary = text('job-summary').toLowerCase();
  if (jobSummary !== 'true' && jobSummary !== 'false')
    problem('job-summary', `is ${quote(text('job-summary'))}; allowed are true and false`);

  const period = readPeriod(text('period'), now);
  if (typeof period === 'string') problem('period', period);

  const product = ADVANCED_SECURITY_PRODUCTS.find((name) => name === text('advanced-security-product'));
  if (!product) {
    const given = text('advanced-security-product');
    problem(
      'advanced-security-product',
      `is ${quote(given)}; allowed are ${ADVANCED_SECURITY_PRODUCTS.join(', ')}.${didYouMean(given, ADVANCED_SECURITY_PRODUCTS)}`,
    );
  }

  const redactKey = text('redact-key');
  if (redactKey !== '' && redactKey.length < 32)
    problem('redact-key', 'is shorter than 32 characters; make one with: openssl rand -hex 32');

  if (
    historyFile !== undefined &&
    path.dirname(historyFile) === directory &&
    REPORT_FILES.has(path.basename(historyFile))
  ) {
    problem(
      'history-file',
      `is ${quote(text('history-file'))}, a file that the report itself writes: give it another name`,
    );
  }

  const previousReport = file('previous-report');
  if (previousReport !== undefined && reports.length > 0 && !reports.includes('licenses')) {
    problem(
      'previous-report',
      'is compared with the licenses report, which is not selected: add licenses to report',
    );
  }

  if (historyFile !== undefined && historyFile === previousReport) {
    problem('history-file', 'is the same file as previous-report: give it another name');
  }

  const gates = LEVELS.flatMap((level) => {
    const name = `${level}-on` as const;
    const parsed = parseGates(text(name), level);
    for (const rest of parsed.problems) problem(name, rest);
    for (const { metric } of parsed.gates) {
      const { report } = METRICS[metric];
      if (report !== 'any' && reports.length > 0 && !reports.includes(report))
        problem(
          name,
          `names ${metric}, a metric of the ${report} report, which is not selected: add ${report} to report`,
        );
      if ('fromHistory' in METRICS[metric] && historyFile === undefined)
        problem(name, `names ${metric}, which is read from earlier runs: set history-file`);
    }
    return parsed.gates;
  });

  const inputs = {
    reports,
    enterprise,
    token,
    apiUrl,
    apiVersion: apiVersion === 'none' ? undefined : apiVersion,
    gates,
    reportDirectory: directory,
    formats: choices('formats', FORMAT_NAMES, 'none'),
    jobSummary: jobSummary === 'true',
    period: period as Period,
    advancedSecurityProduct: product as Inputs['advancedSecurityProduct'],
    staleAfterDays: number('stale-after-days', /^\d+(\.\d+)?$/, 0, 3650, 'a number of days from 0 to 3650'),
    historyFile,
    historyLimit: number('history-limit', /^\d+$/, 0, 1e9, 'a whole number of runs, 0 keeping all'),
    previousReport,
    concurrency: number('concurrency', /^\d+$/, 1, 100, 'a whole number from 1 to 100'),
    redactKey: redactKey === '' ? undefined : redactKey,
  };
  if (problems.length > 0) throw new InputError(problems);
  return inputs;
}

const variable = (name: InputName): string => `INPUT_${name.toUpperCase()}`;

const workspace = (env: Environment): string => env.GITHUB_WORKSPACE || process.cwd();

/** A misspelt input would disarm a gate without a word: the runner passes it on with only a warning in the log. */
function unknownInputs(env: Environment): string[] {
  const known = new Set(INPUT_NAMES.map(variable));
  return Object.keys(env)
    .filter((key) => /^INPUT_/i.test(key) && !known.has(key.toUpperCase()))
    .map((key) => {
      const name = key.slice('INPUT_'.length).toLowerCase();
      return `Input ${quote(name)} is no input of this action.${didYouMean(name, INPUT_NAMES)}`;
    });
}
