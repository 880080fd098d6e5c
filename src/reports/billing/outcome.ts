/** What became of one section of the billing report: it was delivered, left out for a reason, or failed. */
import { type FailureKind, GitHubError, isMissingOnServer } from '../../github/errors.ts';
import { isOfMonth, periodName, type Span } from './period.ts';
import type { TimePeriod } from './schemas.ts';

/** `not-found`: GitHub answers 404 both for what it does not offer and for what the token may not see. */
export type Reason =
  | 'retired'
  | 'not on this host'
  | 'not found'
  | 'no permission'
  | 'no such product'
  | 'of another period'
  | 'not for a past period';

export type Outcome<T> =
  | { readonly state: 'delivered'; readonly data: T }
  /** `why` is one line for the reader; `error` is what GitHub answered, if it was asked. */
  | {
      readonly state: 'left-out';
      readonly reason: Reason;
      readonly why: string;
      readonly error?: GitHubError;
    }
  | { readonly state: 'failed'; readonly error: GitHubError };

/** A section, as it is fetched from one resource. */
export interface Source {
  /** Its name in `billing.json`. */
  readonly name: string;
  /** Its name in a sentence. */
  readonly title: string;
  readonly path: string;
  /**
   * Enterprise Server has this resource too, `always` or in `earlier` versions. A 404 from one then does not mean that
   * the host lacks it, or not where the answer shows that the token lacks a scope.
   */
  readonly onServer?: 'always' | 'earlier';
}

export interface Fetched<T> extends Source {
  readonly outcome: Outcome<T>;
}

/** Awaits a request and turns a GitHubError into an outcome. Any other error is a defect and is thrown. */
export async function attempt<T>(source: Source, request: Promise<T>): Promise<Fetched<T>> {
  try {
    return { ...source, outcome: { state: 'delivered', data: await request } };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { ...source, outcome: refused(source, error) };
  }
}

function refused(source: Source, error: GitHubError): Outcome<never> {
  const leftOut = (reason: Reason, why: string): Outcome<never> => ({
    state: 'left-out',
    reason,
    why,
    error,
  });
  if (isMissingOnServer(error) && !isPerhapsOnServer(source, error)) {
    return leftOut(
      'not on this host',
      `not on this host: GitHub Enterprise Server ${error.serverVersion} does not offer it (404)`,
    );
  }
  switch (error.kind) {
    case 'gone':
      return leftOut('retired', 'retired: GitHub no longer offers it (410)');
    case 'not-found':
      return leftOut(
        'not found',
        'not found (404): this host does not offer it, or the token belongs to no enterprise owner or billing manager, or the slug is wrong',
      );
    case 'scope':
    case 'sso':
    case 'forbidden':
      return leftOut('no permission', `no permission: ${error.message}`);
    default:
      return { state: 'failed', error: about(source.title, error) };
  }
}

const isPerhapsOnServer = ({ onServer }: Source, { kind }: GitHubError): boolean =>
  onServer === 'always' || (onServer === 'earlier' && kind === 'scope');

/** What a host that offers the resource should have answered: a refusal is a failure, whatever its kind. */
export function expected<T>(fetched: Fetched<T>): Fetched<T> {
  const { outcome } = fetched;
  if (outcome.state !== 'left-out' || outcome.error === undefined) return fetched;
  return { ...fetched, outcome: { state: 'failed', error: about(fetched.title, outcome.error) } };
}

export function notForAPastPeriod(source: Source): Fetched<never> {
  const reason = 'not for a past period';
  return {
    ...source,
    outcome: { state: 'left-out', reason, why: `${reason}: it describes only the present` },
  };
}

/** Leaves out what GitHub answered for another month, or only a part of the one that was asked for. */
export function leaveOutOtherPeriods<T extends { readonly timePeriod: TimePeriod }>(
  fetched: Fetched<T>,
  span: Span,
): Fetched<T> {
  const { outcome } = fetched;
  if (outcome.state !== 'delivered' || isOfMonth(outcome.data.timePeriod, span)) return fetched;
  const reason = 'of another period';
  const why = `${reason}: GitHub answered for ${periodName(outcome.data.timePeriod)}, not for ${span.label}`;
  return { ...fetched, outcome: { state: 'left-out', reason, why } };
}

/** The same error, its message opened by what it was about. */
export const about = (title: string, error: GitHubError): GitHubError =>
  error.reworded(`${title}: ${error.message}`);

export const delivered = <T>(fetched: Fetched<T>): T | undefined =>
  fetched.outcome.state === 'delivered' ? fetched.outcome.data : undefined;

export const errorOf = ({ outcome }: Fetched<unknown>): GitHubError | undefined =>
  outcome.state === 'delivered' ? undefined : outcome.error;

/** "the usage summary was left out (no permission)", for a metric that it should have given. */
export function describeMissing({ title, outcome }: Fetched<unknown>): string {
  if (outcome.state === 'left-out') return `${title} was left out (${outcome.reason})`;
  return outcome.state === 'failed' ? `${title} could not be read` : `${title} does not say`;
}

/** The error that says most about why nothing could be read, the one the reader has to act on first. */
export function mostTelling(errors: readonly GitHubError[]): GitHubError | undefined {
  return errors.toSorted((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind))[0];
}

const TELLING: readonly FailureKind[] = [
  'cancelled',
  'unauthorized',
  'sso',
  'scope',
  'forbidden',
  'dns',
  'tls',
  'proxy',
  'network',
  'not-github',
  'rate-limited',
  'server',
  'unreadable',
  'invalid',
  'not-found',
  'gone',
];
