/** What became of one section of the billing report: it was delivered, left out for a reason, or failed. */
import { type FailureKind, GitHubError, isMissingOnServer } from '../../github/errors.ts';
import type { Access } from '../../github/resource.ts';
import { type BillingPeriod, isOfMonth, periodName } from './period.ts';
import type { TimePeriod } from './schemas.ts';

/** `not-found`: GitHub answers 404 both for what it does not offer and for what the token may not see. */
type Omission =
  | 'retired'
  | 'not on this host'
  | 'not found'
  | 'no permission'
  | 'no such product'
  | 'of another period'
  | 'not for a past period';

/** A section, as it is fetched from one resource. */
export interface Source {
  /** Its name in `billing.json`. */
  readonly name: string;
  /** Its name in a sentence. */
  readonly title: string;
  readonly path: string;
  readonly access: Access;
  /**
   * Enterprise Server has this resource too, `always` or in `earlier` versions. A 404 from one then does not mean that
   * the host lacks it, or not where the answer shows that the token lacks a scope.
   */
  readonly onServer?: 'always' | 'earlier';
}

type Result<T> =
  | { readonly state: 'delivered'; readonly data: T }
  /** `why` is one line for the reader; `error` is what GitHub answered, if it was asked. */
  | {
      readonly state: 'left-out';
      readonly reason: Omission;
      readonly why: string;
      readonly error?: GitHubError;
    }
  | { readonly state: 'failed'; readonly error: GitHubError };

/** A section and what became of it. */
export type Delivery<T> = Source & Result<T>;

/** Awaits a request and turns a GitHubError into a state. Any other error is a defect and is thrown. */
export async function settle<T>(source: Source, request: Promise<T>): Promise<Delivery<T>> {
  try {
    return { ...source, state: 'delivered', data: await request };
  } catch (error) {
    if (!(error instanceof GitHubError)) throw error;
    return { ...source, ...describeRefusal(source, error) };
  }
}

function describeRefusal(source: Source, error: GitHubError): Result<never> {
  const leftOut = (reason: Omission, why: string): Result<never> => ({
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
    case 'token-kind':
    case 'sso':
    case 'forbidden':
      return leftOut('no permission', `no permission: ${error.message}`);
    default:
      return { state: 'failed', error: prefixMessage(source.title, error) };
  }
}

const isPerhapsOnServer = ({ onServer }: Source, { kind }: GitHubError): boolean =>
  onServer === 'always' || (onServer === 'earlier' && kind === 'scope');

/** Of a host that offers the resource a refusal is a failure, whatever its kind. */
export function failRefusal<T>(delivery: Delivery<T>): Delivery<T> {
  if (delivery.state !== 'left-out' || delivery.error === undefined) return delivery;
  const { name, title, path, access, error } = delivery;
  return { name, title, path, access, state: 'failed', error: prefixMessage(title, error) };
}

export const notForAPastPeriod = (source: Source): Delivery<never> =>
  leaveOut(source, 'not for a past period', 'it describes only the present');

/** Leaves out what GitHub answered for another month, or only a part of the one that was asked for. */
export function leaveOutOtherPeriods<T extends { readonly timePeriod: TimePeriod }>(
  delivery: Delivery<T>,
  period: BillingPeriod,
): Delivery<T> {
  if (delivery.state !== 'delivered' || isOfMonth(delivery.data.timePeriod, period)) return delivery;
  const answered = periodName(delivery.data.timePeriod);
  return leaveOut(delivery, 'of another period', `GitHub answered for ${answered}, not for ${period.label}`);
}

export const leaveOut = (
  { name, title, path, access }: Source,
  reason: Omission,
  why: string,
): Delivery<never> => ({
  name,
  title,
  path,
  access,
  state: 'left-out',
  reason,
  why: `${reason}: ${why}`,
});

/** The same error, its message opened by what it was about. */
export const prefixMessage = (title: string, error: GitHubError): GitHubError =>
  error.reworded(`${title}: ${error.message}`);

export const delivered = <T>(delivery: Delivery<T>): T | undefined =>
  delivery.state === 'delivered' ? delivery.data : undefined;

export const errorOf = (delivery: Delivery<unknown>): GitHubError | undefined =>
  delivery.state === 'delivered' ? undefined : delivery.error;

/** "the usage summary was left out (no permission)", for a metric that it should have given. */
export function describeMissing(delivery: Delivery<unknown>): string {
  if (delivery.state === 'left-out') return `${delivery.title} was left out (${delivery.reason})`;
  return delivery.state === 'failed'
    ? `${delivery.title} could not be read`
    : `${delivery.title} does not say`;
}

/** The error that says most about why nothing could be read, the one the reader has to act on first. */
export function findMostTelling(errors: readonly GitHubError[]): GitHubError | undefined {
  return errors.toSorted((a, b) => TELLING.indexOf(a.kind) - TELLING.indexOf(b.kind))[0];
}

const TELLING: readonly FailureKind[] = [
  'unauthorized',
  'token-kind',
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
  'too-long',
  'invalid',
  'not-found',
  'gone',
];
