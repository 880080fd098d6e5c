import { expect, test } from 'vitest';
import { html } from './reading.ts';

test.each([
  ['https://evil.example', '<a href="https://evil.example">'],
  ['www.evil.example', '<a href="http://www.evil.example">'],
  ['ftp://evil.example', '<a href="ftp://evil.example">'],
  ['someone@evil.example', '<a href="mailto:someone@evil.example">'],
])('the Markdown reader links %s, as GitHub does', (text, link) => {
  expect(html(text)).toContain(link);
});

test.each(['//evil.example', 'evil.example/x.html', 'javascript:alert(1)', '[x](javascript:alert(1))'])(
  'the Markdown reader makes no link of %s, as GitHub does not',
  (text) => {
    expect(html(text)).not.toContain('<a ');
  },
);
