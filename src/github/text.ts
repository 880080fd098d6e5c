import { oneLine } from '../common/text.ts';

/** What is left of text from outside when it may stand in a message: one line, short, and without the token. */
export function quote(value: unknown, token: string, limit = 300): string {
  return oneLine(token === '' ? String(value) : String(value).replaceAll(token, '***'), limit);
}

/** However the @ is written. */
export const withoutEmails = (text: string): string =>
  text.replace(/[^\s:]{1,200}(?:[@\uFE6B\uFF20]|%40)[^\s:]+/gi, '…@…');

/** GitHub's own explanation in an error's body, or ''. */
export function githubMessage(body: unknown, token: string): string {
  if (typeof body !== 'object' || body === null) return '';
  const { message, errors } = body as { message?: unknown; errors?: unknown };
  const details = Array.isArray(errors)
    ? errors
        .map((error) => (typeof error === 'string' ? error : error?.message))
        .filter((text) => typeof text === 'string')
    : [];
  const said = [message, ...details].filter((text) => typeof text === 'string' && text !== '').join(': ');
  return quote(withoutEmails(said), token);
}
