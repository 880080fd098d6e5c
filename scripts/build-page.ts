/**
 * Bundles the script and the style of `report.html` into `src/output/html/assets.generated.ts`.
 *
 *     node scripts/build-page.ts
 */
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'lightningcss';
import { build } from 'rolldown';

const page = new URL('../src/output/html/page/', import.meta.url);
const target = new URL('../src/output/html/assets.generated.ts', import.meta.url);

/** The generated module as it has to be. */
export async function pageAssets(): Promise<string> {
  const script = (await bundleScript()).code.trim();
  const style = await bundleStyle();
  if (/<\/script|<!--|\r/i.test(script)) throw new Error('the script would end its own element');
  if (/<\/style|<!--|\r/i.test(style)) throw new Error('the style would end its own element');
  const exports = { script, style, scriptHash: hash(script), styleHash: hash(style) };
  return `// Made by scripts/build-page.ts from src/output/html/page/. Do not edit.\n// biome-ignore-all format: generated\n${Object.entries(
    exports,
  )
    .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
    .join('')}`;
}

/** Paths of the modules that the page's script is made of. */
export const pageModules = async (): Promise<string[]> => (await bundleScript()).moduleIds;

async function bundleScript() {
  const { output } = await build({
    input: fileURLToPath(new URL('main.ts', page)),
    write: false,
    platform: 'browser',
    transform: { target: 'es2022', define: { 'process.env.NODE_ENV': '"production"' } },
    output: { format: 'iife', minify: true, comments: false },
  });
  return output[0];
}

async function bundleStyle(): Promise<string> {
  const code = await readFile(new URL('style.css', page));
  return transform({ filename: 'style.css', code, minify: true }).code.toString();
}

/** As a Content-Security-Policy names inline code. */
function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`;
}

if (import.meta.main) await writeFile(target, await pageAssets());
