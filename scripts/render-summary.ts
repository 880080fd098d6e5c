/**
 * A job summary as GitHub shows it, or nearly so: a page, or a picture of it.
 *
 *     node scripts/render-summary.ts SUMMARY.md PAGE.html
 *     node scripts/render-summary.ts SUMMARY.md PICTURE.png [--dark] [--width 390] [--height 800]
 *
 * A picture needs Chromium.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import MarkdownIt from 'markdown-it';
import { launchChromium } from '../test/browser/chromium.ts';

const STYLE = `
:root { color-scheme: light; --text: #1f2328; --muted: #59636e; --line: #d1d9e0; --band: #f6f8fa; --page: #fff;
  --link: #0969da; }
:root[data-theme=dark] { color-scheme: dark; --text: #f0f6fc; --muted: #9198a1; --line: #3d444d; --band: #151b23;
  --page: #0d1117; --link: #4493f8; }
body { margin: 0 auto; max-width: 932px; padding: 24px; background: var(--page); color: var(--text);
  font: 16px/1.5 -apple-system, "Segoe UI", "Noto Sans", Helvetica, Arial, sans-serif, "Noto Color Emoji";
  overflow-wrap: break-word; }
h1, h2, h3 { margin: 24px 0 16px; line-height: 1.25; }
h1, h2 { padding-bottom: .3em; border-bottom: 1px solid var(--line); }
h1 { margin-top: 0; font-size: 2em; } h2 { font-size: 1.5em; } h3 { font-size: 1.25em; }
p, table, ul, blockquote, pre, details { margin: 0 0 16px; }
a { color: var(--link); }
table { display: block; width: max-content; max-width: 100%; overflow: auto; border-collapse: collapse; }
th, td { padding: 6px 13px; border: 1px solid var(--line); }
tr { background: var(--page); } tr:nth-child(2n) { background: var(--band); }
blockquote { padding: 0 1em; border-left: .25em solid var(--line); color: var(--muted); }
blockquote > p { margin: 0; }
code { padding: .2em .4em; border-radius: 6px; background: color-mix(in srgb, var(--muted) 20%, transparent);
  font: 85% ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; white-space: break-spaces; }
hr { height: .25em; margin: 24px 0; border: 0; background: var(--line); }
.mermaid { text-align: center; background: none; overflow: auto; }
@media (max-width: 600px) { body { padding: 16px; } }
`;

/** A page that shows the Markdown; its charts are drawn by Mermaid from `node_modules`. */
export function summaryPage(markdown: string, theme: 'light' | 'dark' = 'light'): string {
  const reader = new MarkdownIt({ html: true, linkify: true });
  const fence = reader.renderer.rules.fence;
  reader.renderer.rules.fence = (tokens, index, ...rest) => {
    const token = tokens[index];
    if (token?.info === 'mermaid')
      return `<pre class="mermaid">${reader.utils.escapeHtml(token.content)}</pre>\n`;
    return fence?.(tokens, index, ...rest) ?? '';
  };
  const mermaid = pathToFileURL(createRequire(import.meta.url).resolve('mermaid/dist/mermaid.min.js'));
  return `<!doctype html>
<html lang="en" data-theme="${theme}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Job summary</title>
<style>${STYLE}</style>
<body>
${reader.render(markdown)}
<script src="${mermaid}"></script>
<script>
mermaid.initialize({ startOnLoad: false, theme: '${theme === 'dark' ? 'dark' : 'default'}' });
mermaid.run().finally(() => { document.body.dataset.drawn = 'true'; });
</script>
</body>
</html>
`;
}

/** A picture of a page on disk, `height` pixels of it or all. */
async function takePicture(page: string, picture: string, width: number, height?: number): Promise<void> {
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage({ viewport: { width, height: height ?? 800 }, deviceScaleFactor: 2 });
    await tab.goto(pathToFileURL(page).href);
    await tab.waitForSelector('body[data-drawn]');
    await tab.screenshot({ path: picture, fullPage: height === undefined });
  } finally {
    await browser.close();
  }
}

if (import.meta.main) {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      dark: { type: 'boolean', default: false },
      width: { type: 'string', default: '940' },
      height: { type: 'string' },
    },
  });
  const [source, target] = positionals;
  if (source === undefined || target === undefined)
    throw new Error('usage: render-summary.ts SUMMARY.md TARGET');
  const page = summaryPage(await readFile(source, 'utf8'), values.dark ? 'dark' : 'light');
  const html = target.replace(/\.png$/, '.html');
  await writeFile(html, page);
  if (html !== target) {
    await takePicture(html, target, Number(values.width), values.height ? Number(values.height) : undefined);
  }
}
