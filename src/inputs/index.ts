/** The inputs: their names, defaults and what they come to. */
import type { ReportName } from '../metrics.ts';
import type { FormatName } from '../report-files.ts';
import type { Gate } from '../thresholds.ts';
import type { Period } from './readers.ts';

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
  people: 'true',
  formats: 'csv, json',
  'job-summary': 'true',
  period: 'current',
  'advanced-security-product': 'auto',
  'stale-after-days': '8',
  'inactive-after-days': '30',
  'history-file': '',
  'history-limit': '520',
  'previous-report': '',
  concurrency: '10',
  'redact-key': '',
} as const;

export type InputName = keyof typeof INPUT_DEFAULTS;
export const INPUT_NAMES = Object.keys(INPUT_DEFAULTS) as InputName[];

export const ADVANCED_SECURITY_PRODUCTS = ['auto', 'code_security', 'secret_protection'] as const;

export interface Inputs {
  readonly reports: readonly ReportName[];
  /** `report: all`: what the host does not offer is left out. */
  readonly everyReport: boolean;
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
  /** Whether people are read and kept; else totals alone. */
  readonly people: boolean;
  readonly formats: readonly FormatName[];
  readonly jobSummary: boolean;
  /** `current` and `previous` are already resolved against the run's time. */
  readonly period: Period;
  readonly advancedSecurityProduct: (typeof ADVANCED_SECURITY_PRODUCTS)[number];
  readonly staleAfterDays: number;
  readonly inactiveAfterDays: number;
  /** Absolute; `undefined` when not given. */
  readonly historyFile: string | undefined;
  /** 0 keeps all. */
  readonly historyLimit: number;
  /** Absolute; `undefined` when not given. */
  readonly previousReport: string | undefined;
  readonly concurrency: number;
  readonly redactKey: string | undefined;
}
