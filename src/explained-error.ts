/**
 * An error whose message was written for the user: what could not be done, why, and the remedy. Any other error is a
 * fault of this action.
 */
export class ExplainedError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.name = new.target.name;
  }
}
