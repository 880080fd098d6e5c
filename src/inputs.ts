import type { ReportName } from './metrics.ts';

export type FormatName = 'csv' | 'json' | 'markdown' | 'html';
/** A calendar month, UTC; `month` is 1 to 12. */
export interface Period {
  readonly year: number;
  readonly month: number;
}

export interface Inputs {
  readonly reports: readonly ReportName[];
  /** '' when not given, which only an Enterprise Server allows. */
  readonly enterprise: string;
  readonly token: string;
  /** Without a trailing slash. */
  readonly apiUrl: string;
  /** `undefined`: send no version header. */
  readonly apiVersion: string | undefined;
  /** Absolute. */
  readonly reportDirectory: string;
  readonly formats: readonly FormatName[];
  readonly jobSummary: boolean;
  /** `current` and `previous` are already resolved against the run's time. */
  readonly period: Period;
  readonly advancedSecurityProduct: 'auto' | 'code_security' | 'secret_protection';
  readonly staleAfterDays: number;
  /** Absolute; `undefined` when not given. */
  readonly historyFile: string | undefined;
  /** 0 keeps all. */
  readonly historyLimit: number;
  readonly previousReport: string | undefined;
  readonly concurrency: number;
  readonly redactKey: string | undefined;
}
