/** Where the documents of this action are read, at the version that runs, and errors that lead to them. */

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Sections of docs/troubleshooting.md, by the names that stand in it as anchors. Those of GitHub's refusals and of the
 * network are the kinds of failure.
 */
export const TOPICS = [
  'unknown-input',
  'token',
  'enterprise',
  'api-url',
  'period',
  'redact-key',
  'paths',
  'bounds',
  'values',
  'no-value',
  'unauthorized',
  'scope',
  'token-kind',
  'sso',
  'not-found',
  'forbidden',
  'gone',
  'invalid',
  'rate-limited',
  'server',
  'unreadable',
  'too-long',
  'dns',
  'network',
  'tls',
  'proxy',
  'not-github',
  'files',
  'history-file',
  'previous-report',
  'node',
  'runner-files',
  'cancelled',
  'defect',
] as const;
export type Topic = (typeof TOPICS)[number];

/**
 * The address of a document such as `docs/metrics.md`: on github.com at the version that runs, elsewhere its path.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/variables
 */
export function addressOf(document: string, env: Environment = process.env): string {
  const { GITHUB_ACTION_REPOSITORY: repository, GITHUB_ACTION_REF: ref, GITHUB_SERVER_URL: server } = env;
  return repository && ref && server === 'https://github.com'
    ? `${server}/${repository}/blob/${ref.split('/').map(encodeURIComponent).join('/')}/${document}`
    : document;
}

/** A sentence, and where to read more: `… See docs/troubleshooting.md#scope`. */
export const withAddress = (text: string, topic: Topic, env?: Environment): string =>
  `${text}${/[.!?]$/.test(text) ? '' : '.'} See ${addressOf(`docs/troubleshooting.md#${topic}`, env)}`;

/**
 * An error whose message was written for the user: what could not be done, why, and the remedy. Any other error is a
 * fault of this action.
 */
export class ExplainedError extends Error {
  /** Where docs/troubleshooting.md says more. */
  readonly topic: Topic;

  constructor(topic: Topic, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.topic = topic;
    this.name = new.target.name;
  }
}
