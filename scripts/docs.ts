/**
 * Writes what the documentation repeats from the code: the metric outputs of action.yml, the tables of the README.
 * `node scripts/docs.ts` updates the files; `--check` only says whether they are up to date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { describeMetric, METRICS, type Metric } from '../src/metrics.ts';
import { FORMATS, type FormatName, REPORT_FILES } from '../src/report-files.ts';

interface ActionMetadata {
  inputs: Record<string, { description: string; default?: string; required?: boolean }>;
  outputs: Record<string, { description: string }>;
}

const metrics = Object.entries<Metric>(METRICS);

const table = (head: string[], rows: string[][]) =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

/** What the files of a format are. */
const CONTENTS: Readonly<Record<FormatName, string>> = {
  csv: '',
  json: ': the same tables, and the metrics',
  xlsx: ': a sheet with [the verdict](docs/images/workbook-verdict.png), then every table as a sheet, such as [the people](docs/images/workbook-people.png)',
  html: ': one page with charts, and every table to search, sort and filter',
  markdown: ': the job summary',
  prometheus: ': every metric as a gauge',
};

/** The text of each marked region, from the code and from action.yml's hand-written part. */
function regions(action: ActionMetadata): Record<string, string> {
  return {
    'action.yml metrics': metrics
      .map(
        ([name, metric]) =>
          `  ${name}:\n    description: '${describeMetric(metric).replaceAll("'", "''")}; empty when it does not exist for this run.'`,
      )
      .join('\n'),
    'README.md inputs': table(
      ['input', 'default', 'value'],
      Object.entries(action.inputs).map(([name, input]) => [
        `\`${name}\``,
        input.required ? '*required*' : input.default ? `\`${input.default}\`` : '',
        input.description,
      ]),
    ),
    'README.md outputs': table(
      ['output', 'value'],
      [
        ...Object.entries(action.outputs)
          .filter(([name]) => !(name in METRICS))
          .map(([name, output]) => [`\`${name}\``, output.description]),
        [
          '*each metric*',
          "The number, or empty when it does not exist for this run (an empty output equals 0 in a workflow expression: test `!= ''` first).",
        ],
      ],
    ),
    'README.md metrics': table(
      ['report', 'metrics'],
      [...Map.groupBy(metrics, ([, { report }]) => report)].map(([report, ofReport]) => [
        report,
        ofReport.map(([name]) => `\`${name}\``).join(', '),
      ]),
    ),
    'README.md files': table(
      ['format', 'files'],
      Object.entries(CONTENTS).map(([format, contents]) => {
        const names = [...REPORT_FILES].flatMap(([name, { of }]) =>
          of !== undefined && name.endsWith(FORMATS[format as FormatName]) ? [`\`${name}\``] : [],
        );
        return [`\`${format}\``, names.join(', ') + contents];
      }),
    ),
  };
}

/** Replaces what stands between `NAME: begin …` and `NAME: end`. */
function fill(text: string, file: string, all: Record<string, string>): string {
  return Object.entries(all)
    .filter(([key]) => key.startsWith(`${file} `))
    .reduce((filled, [key, content]) => {
      const name = key.slice(file.length + 1);
      const region = new RegExp(
        `^([^\\n]*\\b${name}: begin[^\\n]*\\n)[\\s\\S]*?^([^\\n]*\\b${name}: end)`,
        'm',
      );
      if (!region.test(filled)) throw new Error(`${file} has no region "${name}"`);
      const gap = file.endsWith('.md') ? '\n' : '';
      return filled.replace(
        region,
        (_, begin: string, end: string) => `${begin}${gap}${content}\n${gap}${end}`,
      );
    }, text);
}

const root = (file: string) => fileURLToPath(new URL(`../${file}`, import.meta.url));

/** Names of the files that are not up to date, which `write` mends. */
export function updateDocs(write: boolean): string[] {
  return ['action.yml', 'README.md'].filter((file) => {
    const before = readFileSync(root(file), 'utf8');
    const after = fill(
      before,
      file,
      regions(parse(readFileSync(root('action.yml'), 'utf8')) as ActionMetadata),
    );
    if (write && after !== before) writeFileSync(root(file), after);
    return after !== before;
  });
}

if (import.meta.main) {
  const check = process.argv.includes('--check');
  const changed = updateDocs(!check);
  if (changed.length > 0) console.log(`${check ? 'not up to date' : 'updated'}: ${changed.join(', ')}`);
  if (check && changed.length > 0) process.exitCode = 1;
}
