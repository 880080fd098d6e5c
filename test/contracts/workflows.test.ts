/** Everything that GitHub will parse, parsed as GitHub does it. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { problems } from './parser.ts';
import { DOCUMENTS, EXAMPLES, read, WORKFLOWS } from './repository.ts';

const ACTION_USE = 'uses: OWNER/enterprise-license-report@v1';
const minimal = (steps: string) =>
  `on: workflow_dispatch\njobs:\n  report:\n    runs-on: ubuntu-latest\n    steps:\n${steps}`;
const indented = (text: string, by: string) => text.replaceAll(/^(?=.)/gm, by);

describe("GitHub's parser", () => {
  test('has nothing against action.yml', async () => {
    expect(await problems(read('action.yml'), 'action')).toEqual([]);
  });

  test.each([...WORKFLOWS, ...EXAMPLES])('has nothing against %s', async (file) => {
    expect(await problems(read(file))).toEqual([]);
  });

  test.each(snippets())('has nothing against $name', async ({ text }) => {
    expect(await problems(workflowOf(text))).toEqual([]);
  });

  test.each([
    [
      'a misspelt input',
      `- ${ACTION_USE}\n  with:\n    token: x\n    fail_on: 'seats-over: above 0'`,
      "'fail_on'",
    ],
    ['a missing token', `- ${ACTION_USE}\n  with:\n    enterprise: acme`, '`token`'],
    ['an unknown action', '- uses: nobody/knows-this@v1', 'nobody/knows-this@v1'],
    ['an unknown context', '- run: echo ${{ nothing.here }}', 'nothing'],
    [
      "another action's misspelt input",
      '- uses: actions/upload-artifact@v7\n  with:\n    paths: x',
      "'paths'",
    ],
  ])('objects to %s', async (_, step, message) => {
    expect((await problems(minimal(indented(step, '      ')))).join('\n')).toContain(message);
  });

  test('objects to a misspelt input of the reusable workflow', async () => {
    const call = (input: string) =>
      `on: workflow_dispatch\njobs:\n  all:\n    uses: OWNER/enterprise-license-report/.github/workflows/report.yml@v1\n    with:\n      ${input}: acme\n    secrets:\n      token: \${{ secrets.TOKEN }}\n`;
    expect(await problems(call('enterprises'))).toEqual([]);
    expect((await problems(call('enterprise'))).join('\n')).toContain('enterprise');
  });
});

describe('workflows of this repository', () => {
  test.each(WORKFLOWS)('%s has no permission but what a job asks for, and pins what it uses', (file) => {
    const workflow = parse(read(file));
    expect(workflow.permissions).toEqual({});
    for (const [name, job] of Object.entries<Record<string, unknown>>(workflow.jobs))
      expect(job, `job ${name}`).toHaveProperty('permissions');

    const uses = [...read(file).matchAll(/uses: (\S+)(.*)$/gm)];
    for (const [, action, comment] of uses) {
      if (action?.startsWith('./')) continue;
      // The reusable workflow names the release that it belongs to.
      if (file.endsWith('/report.yml') && action?.startsWith('OWNER/')) continue;
      expect(action).toMatch(/@[0-9a-f]{40}$/);
      expect(comment).toMatch(/^ # v\d+\.\d+\.\d+$/);
    }
  });

  test.each(WORKFLOWS)('%s keeps no credentials after a checkout', (file) => {
    const checkouts = read(file).split('uses: actions/checkout@').slice(1);
    for (const checkout of checkouts)
      expect(checkout.split('\n      - ')[0]).toContain('persist-credentials: false');
  });

  test.each([...WORKFLOWS, ...EXAMPLES])('%s puts no expression into a script', (file) => {
    for (const job of Object.values<{ steps?: { run?: string }[] }>(parse(read(file)).jobs))
      for (const step of job.steps ?? []) expect(step.run ?? '').not.toContain('${{');
  });
});

test.each(EXAMPLES)('%s is found in the README, and says what it is for', (file) => {
  expect(read('README.md')).toContain(`(${file})`);
  expect(read(file)).toMatch(/^# \S/);
  expect(parse(read(file)).permissions).toEqual({});
});

test('the README begins with examples/weekly-report.yml', () => {
  const [, first] = /^```yaml\n([\s\S]*?)^```/m.exec(read('README.md')) ?? [];
  expect(first).toBe(read('examples/weekly-report.yml').replace(/^#.*\n/, ''));
});

/** Every ```yaml block that is a workflow, a job's steps or a step. */
function snippets(): { name: string; text: string }[] {
  return DOCUMENTS.flatMap((file) =>
    [...read(file).matchAll(/^```ya?ml\n([\s\S]*?)^```/gm)]
      .map(([, text = ''], index) => ({ name: `${file}, YAML block ${index + 1}`, text }))
      .filter(({ text }) => /^(on|jobs|steps):/m.test(text) || /^- /.test(text)),
  );
}

function workflowOf(text: string): string {
  if (/^jobs:/m.test(text)) return /^on:/m.test(text) ? text : `on: workflow_dispatch\n${text}`;
  const steps = text.replace(/^steps:\n/, '');
  return minimal(indented(steps, /^ /.test(steps) ? '    ' : '      '));
}
