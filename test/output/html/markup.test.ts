import fc from 'fast-check';
import { expect, test } from 'vitest';
import { escapeHtml, html, jsonScript } from '../../../src/output/html/markup.ts';

test('escapes every value of a template, in text and in attributes', () => {
  const hostile = `"><img src=x onerror='alert(1)'>&`;
  const escaped = '&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;';
  expect(html`<p title="${hostile}">${hostile}</p>`.html).toBe(`<p title="${escaped}">${escaped}</p>`);
});

test('takes what is already HTML as it is, alone and in lists, and leaves out what is not there', () => {
  expect(
    html`<ul>${['<', '>'].map((item) => html`<li>${item}</li>`)}${undefined}${false}${0}</ul>`.html,
  ).toBe('<ul><li>&lt;</li><li>&gt;</li>0</ul>');
});

test('shows control characters and marks that turn the reading direction, instead of obeying them', () => {
  expect(escapeHtml('a\u0000b\u001bc\u202egpj.exe\u2066d\ud800e')).toBe(
    'a\ufffdb\ufffdc\ufffdgpj.exe\ufffdd\ufffde',
  );
  expect(escapeHtml('two\nlines\tand \u00e9 \u05e9\u05dc\u05d5\u05dd \ud83d\ude80')).toBe(
    'two\nlines\tand \u00e9 \u05e9\u05dc\u05d5\u05dd \ud83d\ude80',
  );
  expect(escapeHtml('zero\u200bwidth\u00ad, \uffff')).toBe('zero\ufffdwidth\ufffd, \ufffd');
});

test('no text leaves a character that could end text or a quoted attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(html`${text}`.html).not.toMatch(/[<>"']|&(?!(?:amp|lt|gt|quot|#39);)/);
    }),
  );
});

test('JSON in a script is the same JSON and cannot end the script', () => {
  expect(jsonScript('</script><!--\u2028').html).toBe('"\\u003c/script\\u003e\\u003c!--\\u2028"');
  fc.assert(
    fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
      const { html: text } = jsonScript(value);
      expect(text).not.toMatch(/[<>&\u2028\u2029]/);
      expect(JSON.stringify(JSON.parse(text))).toBe(JSON.stringify(value));
    }),
  );
});
