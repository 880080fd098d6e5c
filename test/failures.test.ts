import { expect, test } from 'vitest';
import { debugLines, explain } from '../src/failures.ts';
import { GitHubError } from '../src/github/errors.ts';

const parsing = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    return error;
  }
};

test('an answer that is cut off is quoted in neither the message nor the debug log', () => {
  const cause = parsing('{"emails": [mona@example.com');
  expect(String(cause)).toContain('mona');
  const error = new GitHubError('unreadable', 'the answer could not be read', { requestId: 'A1:B2', cause });
  const lines = debugLines(error);
  expect(lines[0]).toBe('request id: A1:B2');
  expect(lines.at(-1)).toBe('SyntaxError: no complete JSON');
  expect(lines.join('\n')).not.toContain('mona');
  expect(explain(cause)).not.toContain('mona');
});

test('any other error keeps its stack for the debug log', () => {
  expect(debugLines(new TypeError('a defect')).join('\n')).toMatch(/TypeError: a defect\n\s+at /);
});
