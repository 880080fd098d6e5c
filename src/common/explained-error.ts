import type { Topic } from './documents.ts';

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
