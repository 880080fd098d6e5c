/**
 * Stands in for GitHub's command line: `gh api` on the parts of the REST API that the examples use, answered from files
 * in the directory of $GITHUB_STAND_IN. It has one host, and a token of the kind that the real one wants for it.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

const directory = process.env.GITHUB_STAND_IN ?? '';
const host = process.env.GITHUB_STAND_IN_HOST ?? 'github.com';

interface Issue {
  number: number;
  state: string;
  title: string;
  body: string;
  user: { login: string };
  comments: string[];
  pull_request?: object;
}

function fail(text: string): never {
  process.stderr.write(`gh: ${text}\n`);
  process.exit(1);
}

const load = <T>(name: string): T[] =>
  existsSync(path.join(directory, name)) ? JSON.parse(readFileSync(path.join(directory, name), 'utf8')) : [];
const saveIssues = (issues: Issue[]) =>
  writeFileSync(path.join(directory, 'issues.json'), JSON.stringify(issues, null, 1));

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jq: { type: 'string', short: 'q' },
    method: { type: 'string', short: 'X' },
    paginate: { type: 'boolean' },
    silent: { type: 'boolean' },
    'raw-field': { type: 'string', short: 'f', multiple: true },
    field: { type: 'string', short: 'F', multiple: true },
  },
});
const [command, endpoint = ''] = positionals;
if (command !== 'api') fail(`unknown command ${command}`);

const asked = process.env.GH_HOST ?? 'github.com';
const isServer = asked !== 'github.com' && !asked.endsWith('.ghe.com');
const token = isServer ? process.env.GH_ENTERPRISE_TOKEN : process.env.GH_TOKEN;
if (asked !== host || token !== 'ghs_workflow') fail(`HTTP 401: Bad credentials (https://${asked}/)`);

const fields = Object.fromEntries([
  ...(values['raw-field'] ?? []).map((field) => splitField(field)),
  ...(values.field ?? []).map((field) => {
    const [name, value] = splitField(field);
    return [name, value.startsWith('@') ? readFileSync(value.slice(1), 'utf8') : value];
  }),
]);
function splitField(field: string): [string, string] {
  const at = field.indexOf('=');
  return [field.slice(0, at), field.slice(at + 1)];
}

const method = values.method ?? (Object.keys(fields).length > 0 ? 'POST' : 'GET');
appendFileSync(path.join(directory, 'requests.log'), `${method} ${endpoint}\n`);
const url = new URL(endpoint, 'https://api/');
const query = Object.fromEntries(url.searchParams);
const [, , , ...route] = url.pathname.split('/').slice(1);
if (!url.pathname.startsWith(`/repos/${process.env.GITHUB_REPOSITORY}/`)) fail('HTTP 404: Not Found');
const broken = path.join(directory, 'broken');
if (existsSync(broken)) fail(readFileSync(broken, 'utf8'));

/** The pages of a list, the first only without `--paginate`. */
function pages<T>(all: T[]): T[][] {
  const size = Number(query.per_page ?? 30);
  const cut = Array.from({ length: Math.max(1, Math.ceil(all.length / size)) }, (_, page) =>
    all.slice(page * size, (page + 1) * size),
  );
  return values.paginate ? cut : cut.slice(0, 1);
}

function print(answers: readonly unknown[]): void {
  if (values.silent) return;
  for (const answer of answers) {
    const text = JSON.stringify(answer);
    if (values.jq === undefined) process.stdout.write(text);
    else {
      const { stdout, stderr, status } = spawnSync('jq', ['--raw-output', values.jq], {
        input: text,
        encoding: 'utf8',
      });
      if (status !== 0) fail(stderr);
      process.stdout.write(stdout);
    }
  }
}

const issues = load<Issue>('issues.json');
const issue = issues.find(({ number }) => String(number) === route[1]);
const [collection, , part] = route;
if (url.pathname.includes('/actions/artifacts')) {
  const artifacts = load<{ id: number; name: string; expired: boolean }>('artifacts.json');
  const [, , , , , id, zip] = url.pathname.split('/').slice(1);
  if (zip === 'zip') {
    const found = artifacts.find((artifact) => String(artifact.id) === id);
    if (!found || found.expired) fail('HTTP 410: Artifact has expired');
    process.stdout.write(readFileSync(path.join(directory, `${id}.zip`)));
  } else {
    const named = artifacts.filter(({ name }) => name === query.name).reverse();
    print(pages(named).map((page) => ({ total_count: named.length, artifacts: page })));
  }
} else if (collection === 'issues' && method === 'GET') {
  const open = issues.filter(
    ({ state, user }) => state === query.state && (!query.creator || user.login === query.creator),
  );
  print(pages(open.reverse()));
} else if (collection === 'issues' && method === 'POST' && route.length === 1) {
  const made: Issue = {
    number: issues.length + 1,
    state: 'open',
    title: fields.title,
    body: fields.body,
    user: { login: 'github-actions[bot]' },
    comments: [],
  };
  saveIssues([...issues, made]);
  print([made]);
} else if (collection === 'issues' && issue && method === 'POST' && part === 'comments') {
  issue.comments.push(fields.body);
  saveIssues(issues);
  print([{}]);
} else if (collection === 'issues' && issue && method === 'PATCH') {
  Object.assign(issue, fields);
  saveIssues(issues);
  print([issue]);
} else fail(`HTTP 404: Not Found (${method} ${endpoint})`);
