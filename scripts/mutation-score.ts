/** Writes what the last mutation test came to (reports/mutation.json) into docs/testing.md. */
import { readFileSync, writeFileSync } from 'node:fs';

type Status = 'Killed' | 'Timeout' | 'Survived' | 'NoCoverage' | 'CompileError' | 'RuntimeError' | 'Ignored';
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: Status }[] }>>;
}

const DOCUMENT = new URL('../docs/testing.md', import.meta.url);
const REPORT = new URL('../reports/mutation.json', import.meta.url);
const MARKED = /(<!-- mutation: begin -->\n).*(<!-- mutation: end -->)/s;

const { files }: Report = JSON.parse(readFileSync(REPORT, 'utf8'));
const counts = Object.entries(files)
  .map(([name, { mutants }]) => ({ name, ...count(mutants.map(({ status }) => status)) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));
const all = {
  killed: counts.reduce((sum, { killed }) => sum + killed, 0),
  valid: counts.reduce((sum, { valid }) => sum + valid, 0),
};
const table = [
  '| file | mutants | killed |',
  '| --- | --: | --: |',
  ...counts.map((row) => `| \`${row.name}\` | ${row.valid} | ${percent(row)} |`),
  `| all | ${all.valid} | **${percent(all)}** |`,
];

const document = readFileSync(DOCUMENT, 'utf8');
if (!MARKED.test(document)) throw new Error(`${DOCUMENT.pathname} has no marks for the mutation score`);
writeFileSync(
  DOCUMENT,
  document.replace(MARKED, (_, begin, end) => `${begin}\n${table.join('\n')}\n\n${end}`),
);

/** A mutant that does not even run says nothing. */
function count(statuses: readonly Status[]) {
  const killed = statuses.filter((status) => status === 'Killed' || status === 'Timeout').length;
  const missed = statuses.filter((status) => status === 'Survived' || status === 'NoCoverage').length;
  return { killed, valid: killed + missed };
}

function percent({ killed, valid }: { killed: number; valid: number }): string {
  return `${((100 * killed) / valid).toFixed(1)} %`;
}
