/** `INPUT_*` → Inputs: every input is checked before the first request, and every problem is reported at once. */
import { type Environment, type Topic, withAddress } from '../common/documents.ts';
import { didYouMean } from '../common/nearest.ts';
import { quote } from '../common/text.ts';
import { REPORT_NAMES } from '../metrics.ts';
import { FORMAT_NAMES } from '../report-files.ts';
import { readApiUrl } from './api-url.ts';
import { readGates } from './gates.ts';
import {
  ADVANCED_SECURITY_PRODUCTS,
  INPUT_DEFAULTS,
  INPUT_NAMES,
  type InputName,
  type Inputs,
} from './index.ts';
import {
  listWords,
  optional,
  type Reader,
  readApiVersion,
  readBoolean,
  readChoice,
  readChoices,
  readNumber,
  readPath,
  readPeriod,
  readRedactKey,
  readSlug,
  readToken,
} from './readers.ts';
import { checkTogether } from './together.ts';

export interface Reading {
  /** With problems, good only for telling of them: where files go, and whether there is a job summary. */
  readonly inputs: Inputs;
  /** Sentences, each naming the input, the value and what is allowed; empty when all is right. */
  readonly problems: readonly string[];
}

/**
 * Reads and checks every input. Never throws.
 *
 * @param now the moment of the run, which `period` is reckoned from
 */
export function readInputs(env: Environment, now: Date): Reading {
  const problems = unknownInputs(env);
  const problem = (name: InputName, rest: string) =>
    void problems.push(withAddress(`Input \`${name}\` ${rest}`, TOPICS_OF_INPUTS[name] ?? 'values', env));
  const text = (name: InputName) => inputText(env, name);
  const read = <Value>(name: InputName, reader: Reader<Value>): Value =>
    reader(text(name), (rest) => problem(name, rest));
  const absolutePath = readPath(env.GITHUB_WORKSPACE || process.cwd());

  const inputs: Inputs = {
    reports: read('report', readChoices(REPORT_NAMES, 'all')),
    everyReport: listWords(text('report')).includes('all'),
    enterprise: read('enterprise', optional(readSlug)) ?? '',
    token: read('token', readToken),
    apiUrl: read('api-url', readApiUrl),
    apiVersion: read('api-version', readApiVersion),
    gates: [...read('fail-on', readGates('fail')), ...read('warn-on', readGates('warn'))],
    reportDirectory: read('report-directory', absolutePath),
    people: read('people', readBoolean),
    formats: read('formats', readChoices(FORMAT_NAMES, 'none')),
    jobSummary: read('job-summary', readBoolean),
    period: read('period', readPeriod(now)),
    advancedSecurityProduct: read('advanced-security-product', readChoice(ADVANCED_SECURITY_PRODUCTS)),
    staleAfterDays: read(
      'stale-after-days',
      readNumber(/^\d+(\.\d+)?$/, 0, 3650, 'a number of days from 0 to 3650'),
    ),
    inactiveAfterDays: read(
      'inactive-after-days',
      readNumber(
        /^\d+(\.\d+)?$/,
        1,
        90,
        'a number of days from 1 to 90, as GitHub keeps activity for 90 days',
      ),
    ),
    historyFile: read('history-file', optional(absolutePath)),
    historyLimit: read('history-limit', readNumber(/^\d+$/, 0, 1e9, 'a whole number of runs, 0 keeping all')),
    previousReport: read('previous-report', optional(absolutePath)),
    concurrency: read('concurrency', readNumber(/^\d+$/, 1, 100, 'a whole number from 1 to 100')),
    redactKey: read('redact-key', optional(readRedactKey)),
  };
  checkTogether(inputs, text, problem);
  return { inputs, problems };
}

/** Where files go, absolute: known to a run that cannot even read its inputs. */
export const reportDirectory = (env: Environment): string =>
  readPath(env.GITHUB_WORKSPACE || process.cwd())(inputText(env, 'report-directory'), () => {});

/** The inputs' secrets as given, to be masked before anything else happens. */
export function secrets(env: Environment): string[] {
  return (['token', 'redact-key'] as const)
    .flatMap((name) => [env[variable(name)] ?? '', inputText(env, name)])
    .filter((secret, index, all) => secret.trim() !== '' && all.indexOf(secret) === index);
}

/** Of the others' problems, which are about single values, one section says enough. */
const TOPICS_OF_INPUTS: Partial<Record<InputName, Topic>> = {
  token: 'token',
  enterprise: 'enterprise',
  'api-url': 'api-url',
  'fail-on': 'bounds',
  'warn-on': 'bounds',
  'report-directory': 'paths',
  'history-file': 'paths',
  'previous-report': 'paths',
  period: 'period',
  'redact-key': 'redact-key',
};

const variable = (name: InputName): string => `INPUT_${name.toUpperCase()}`;

/** What the user gave for an input, trimmed; its default when that is empty. */
function inputText(env: Environment, name: InputName): string {
  const given = env[variable(name)]?.trim() ?? '';
  if (given !== '') return given;
  return name === 'api-url' ? env.GITHUB_API_URL?.trim() || INPUT_DEFAULTS[name] : INPUT_DEFAULTS[name];
}

/** A misspelt input would disarm a gate without a word: the runner passes it on with only a warning in the log. */
function unknownInputs(env: Environment): string[] {
  const known = new Set(INPUT_NAMES.map(variable));
  return Object.keys(env)
    .filter((key) => /^INPUT_/i.test(key) && !known.has(key.toUpperCase()))
    .map((key) => {
      const name = key.slice('INPUT_'.length).toLowerCase();
      const sentence = `Input ${quote(name)} is no input of this action.${didYouMean(name, INPUT_NAMES)}`;
      return withAddress(sentence, 'unknown-input', env);
    });
}
