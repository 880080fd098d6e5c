/** The examples that tell people: Slack, Teams, e-mail, and an issue. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { read } from '../contracts/repository.ts';
import { report as runReport, startGitHub } from '../e2e/support.ts';
import { canRunWorkflows, createGitHub, type GitHub, type Outcome, type Status } from './github.ts';
import type { Outputs } from './runner.ts';

const STATUSES = ['pass', 'warn', 'fail', 'error'] as const;
const RUN = /https:\/\/[\w.-]+\/octo\/reports\/actions\/runs\/\d+/;

/** What GitHub says of itself, as summary.md has it: escaped, in a row of the gates and in an error. */
const UNCHECKED: Outcome = {
  status: 'warn',
  breaches: [],
  summary: ['| `token-days-left` | – | warn-on: below 14 | ⚠️ warn: GitHub sent no expiry |'],
};
const HOSTILE: Outcome = {
  status: 'error',
  breaches: [],
  summary: [
    '> 🚫 GitHub says: “&lt;!channel&gt; <span>@</span>everyone \\[click\\](https<span>:</span>//evil.example) \\*a\\* &amp;amp; &#124; b”.',
    '| `seats-available` | – | fail-on: below 1 | 🚫 error: \\`\\`\\` &lt;img src=x&gt; |',
  ],
};
const HOSTILE_TEXT = '<!channel> @everyone [click](https://evil.example) *a* &amp; | b';

describe.skipIf(!canRunWorkflows)('a message', () => {
  let github: GitHub;
  beforeEach(() => {
    github = createGitHub();
  });
  afterEach(() => github.remove());

  const secrets = {
    SLACK_WEBHOOK_URL: 'https://hooks.slack.example/T0',
    TEAMS_WEBHOOK_URL: 'https://teams.example/hook',
    SMTP_URL: 'smtps://smtp.example.com:465',
    SMTP_USER: 'me',
    SMTP_PASSWORD: 'pass word',
  };
  /** What each sends, read as its receiver reads it: the lines that a person sees. */
  const ways: Readonly<Record<string, () => string[]>> = {
    'examples/slack-message.yml': () => {
      const { args, stdin } = github.calls('curl').at(-1) ?? { args: [], stdin: '' };
      expect(args).toContain(secrets.SLACK_WEBHOOK_URL);
      const { text } = JSON.parse(stdin) as { text: string };
      // Slack reads commands, mentions and links between < and >.
      expect(text.replace(/<https:[^|>]*\|The run>$/, '')).not.toMatch(/[<>]/);
      const entities: Record<string, string> = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };
      return text.replaceAll(/&(lt|gt|amp);/g, (entity) => entities[entity] ?? '').split('\n');
    },
    'examples/teams-message.yml': () => {
      const { args, stdin } = github.calls('curl').at(-1) ?? { args: [], stdin: '' };
      expect(args).toContain(secrets.TEAMS_WEBHOOK_URL);
      const { type, attachments } = JSON.parse(stdin);
      expect(type).toBe('message');
      const [{ contentType, content }] = attachments;
      expect(contentType).toBe('application/vnd.microsoft.card.adaptive');
      expect(content.type).toBe('AdaptiveCard');
      // A TextRun alone is shown as it is.
      return [
        ...content.body.flatMap((block: { type: string; inlines: { type: string; text: string }[] }) => {
          expect([block.type, ...block.inlines.map(({ type }) => type)]).toEqual([
            'RichTextBlock',
            'TextRun',
          ]);
          return block.inlines.map(({ text }) => text);
        }),
        ...content.actions.map(({ url }: { url: string }) => url),
      ];
    },
    'examples/email-message.yml': () => {
      const { args, files } = github.calls('curl').at(-1) ?? { args: [], files: [] };
      expect(args).toEqual(
        expect.arrayContaining([secrets.SMTP_URL, `me:pass word`, '--ssl-reqd', '--crlf']),
      );
      const [headers = '', body = ''] = String(files[0]).split(/\n\n(.*)/s);
      expect(headers.split('\n').map((line) => line.split(':')[0])).toEqual([
        ...['Date', 'From', 'To', 'Subject', 'MIME-Version', 'Content-Type', 'Content-Transfer-Encoding'],
      ]);
      expect(Math.max(...body.split('\n').map(({ length }) => length))).toBeLessThan(80);
      const text = Buffer.from(body, 'base64').toString().split('\n');
      return [/^Subject: (.*)$/m.exec(headers)?.[1] ?? '', ...text];
    },
  };

  describe.each(Object.keys(ways))('of %s', (example) => {
    const send = (outcome: Outcome | Status, machine?: string) =>
      github.run(example, outcome, { secrets, ...(machine && { machine }) });
    const lines = () => ways[example]?.() ?? [];

    test.each([
      ['fresh', false],
      ['persistent', true],
    ])('is sent on a warning, a failure and an error, run after run, on a %s runner', (_, persistent) => {
      const machine = persistent ? github.machine() : undefined;
      let sent = 0;
      for (const status of [...STATUSES, ...STATUSES]) {
        const run = send(status, machine);
        expect(run.result, run.log).toBe(status === 'pass' || status === 'warn' ? 'success' : 'failure');
        if (status !== 'pass') sent += 1;
        expect(github.calls('curl')).toHaveLength(sent);
        if (status === 'pass') continue;
        expect(lines()[0]).toBe(`Enterprise licenses of my-enterprise: ${status}`);
        expect(lines().join('\n')).toMatch(RUN);
      }
    });

    test('has every bound that is crossed', () => {
      send('fail');
      expect(lines()[1]).toMatch(/^(• |- )?seats-available is 0 \(fail-on: below 1\)$/);
      send('warn');
      expect(lines()[1]).toMatch(/^(• |- )?seats-used-percent is 97\.5 \(warn-on: above 95\)$/);
    });

    test('says which bound could not be checked, and why', () => {
      send(UNCHECKED);
      expect(lines()[1]).toMatch(
        /^(• |- )?token-days-left · – · warn-on: below 14 · ⚠️ warn: GitHub sent no expiry$/,
      );
    });

    test.each([
      ['without files', { status: 'error', nothing: true } as const],
      ['of an action that was killed', { status: '' as Status, breaches: [] }],
    ])('points to the log of a run %s', (_, outcome) => {
      expect(send(outcome).result).toBe(outcome.status === 'error' ? 'failure' : 'success');
      expect(lines()[0]).toBe('Enterprise licenses of my-enterprise: error');
      expect(lines()[1]).toMatch(/The log of the run says what could not be done\.$/);
    });

    test('shows text from outside as it is, and nothing in it does anything', () => {
      send(HOSTILE);
      expect(lines()[1]).toContain(HOSTILE_TEXT);
      expect(lines()[2]).toContain('<img src=x>');
    });

    test('stays short', () => {
      const many = Array.from({ length: 40 }, () => ({
        level: 'fail',
        metric: 'x'.repeat(900),
        value: 1,
        bound: 'b',
      }));
      send({ status: 'fail', breaches: many });
      expect(lines().join('').length).toBeLessThan(11_000);
      expect(lines().join('\n')).toContain('… and 20 more');
    });

    test('that cannot be sent fails the run', () => {
      github.breakCommand('curl');
      expect(send('warn').result).toBe('failure');
    });
  });

  test('is written alike in every example', () => {
    const scripts = [...Object.keys(ways), 'examples/seat-gate-with-issue.yml'].map((example) => {
      const { steps } = parse(read(example)).jobs.gate as { steps: { name?: string }[] };
      return steps.find(({ name }) => name === 'Write the message');
    });
    expect(scripts[0]).toBeDefined();
    for (const script of scripts) expect(script).toEqual(scripts[0]);
  });

  test('has what the action itself says could not be checked or done', async () => {
    const now = new Date('2026-03-16T06:00:00Z');
    const server = await startGitHub({ slug: 'acme', seats: 30, purchased: 0, now });
    const clock = { clock: { now } };
    const bounds = { formats: 'markdown', 'warn-on': 'seats-used-percent: above 95' };
    const unchecked = await runReport(server, bounds, clock);
    expect(unchecked.outputs).toMatchObject({ status: 'warn', breaches: '[]' });
    const failed = await runReport(server, { ...bounds, enterprise: 'another' }, clock);
    expect(failed.outputs).toMatchObject({ status: 'error' });
    const tell = ({ outputs, read }: typeof failed) => {
      const summary = read('summary.md').split('\n');
      github.run(
        'examples/slack-message.yml',
        { ...(outputs as Pick<Outputs, 'status'>), status: outputs.status as Status, breaches: [], summary },
        { secrets },
      );
      return (ways['examples/slack-message.yml']?.() ?? []).slice(1, -1);
    };
    expect(tell(unchecked)).toEqual([expect.stringMatching(/^• seats-used-percent · .*warn: .{10}/)]);
    expect(tell(failed)[0]).toMatch(/^• GitHub answered 404 to GET \/enterprises\/another\//);
  });
});

describe.skipIf(!canRunWorkflows)('an issue', () => {
  const EXAMPLE = 'examples/seat-gate-with-issue.yml';
  let github: GitHub;
  beforeEach(() => {
    github = createGitHub();
  });
  afterEach(() => github.remove());

  const gate = (outcome: Outcome | Status, machine?: string) => {
    const run = github.run(EXAMPLE, outcome, machine ? { machine } : {});
    const status = typeof outcome === 'string' ? outcome : outcome.status;
    expect(run.result, run.log).toBe(status === 'pass' || status === 'warn' ? 'success' : 'failure');
  };
  const states = () => github.issues().map(({ state, title }) => `${state}: ${title.split(': ')[1]}`);

  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('is opened, updated and closed when cured, on a %s runner', (_, persistent) => {
    const machine = persistent ? github.machine() : undefined;
    gate('pass', machine);
    expect(github.issues()).toEqual([]);
    gate('fail', machine);
    expect(states()).toEqual(['open: fail']);
    expect(github.issues()[0]?.body).toContain('    seats-available is 0 (fail-on: below 1)\n');
    gate('fail', machine);
    expect(github.issues()[0]?.comments).toEqual([]);
    gate('error', machine);
    expect(states()).toEqual(['open: error']);
    expect(github.issues()[0]?.comments).toHaveLength(1);
    gate('warn', machine);
    expect(states()).toEqual(['open: warn']);
    gate('pass', machine);
    expect(states()).toEqual(['closed: warn']);
    expect(github.issues()[0]?.comments.at(-1)).toMatch(RUN);
    gate('pass', machine);
    expect(github.issues()[0]?.comments).toHaveLength(3);
    gate(UNCHECKED, machine);
    expect(states()).toEqual(['closed: warn', 'open: warn']);
    expect(github.issues()[1]?.body).toContain('warn: GitHub sent no expiry');
  });

  test('is opened at 0 seats left', () => {
    const { steps } = parse(read(EXAMPLE)).jobs.gate;
    expect(steps[0].with['fail-on']).toBe('seats-available: below 1\n');
  });

  test("of somebody else is never touched, whatever it says, and neither is another enterprise's", () => {
    const mark = '<!-- seat-gate: my-enterprise -->';
    const others = [
      { number: 1, state: 'open', title: 'Seats', body: 'ours', user: { login: 'mona' }, comments: [] },
      { number: 2, state: 'open', title: 'Seats', body: `${mark} x`, user: { login: 'mona' }, comments: [] },
      {
        number: 3,
        state: 'open',
        title: 'Bot',
        body: null,
        user: { login: 'github-actions[bot]' },
        comments: [],
      },
      {
        number: 4,
        state: 'open',
        title: 'Enterprise licenses of my-enterprise-2: fail',
        body: '<!-- seat-gate: my-enterprise-2 -->',
        user: { login: 'github-actions[bot]' },
        comments: [],
      },
    ];
    github.saveIssues(others);
    for (const status of ['fail', 'error', 'pass'] as const) gate(status);
    expect(github.issues().slice(0, 4)).toEqual(others);
    expect(github.issues()).toHaveLength(5);
    expect(github.issues()[4]?.state).toBe('closed');
  });

  test('is found behind any number of others', () => {
    gate('fail');
    const [issue] = github.issues();
    const other = {
      state: 'open',
      title: 'Bot',
      body: '',
      user: { login: 'github-actions[bot]' },
      comments: [],
    };
    github.saveIssues([
      issue ?? {},
      ...Array.from({ length: 120 }, (_, index) => ({ ...other, number: index + 2 })),
    ]);
    gate('pass');
    expect(github.issues()[0]?.state).toBe('closed');
  });

  test('opened twice by two runs at once is closed twice', () => {
    github.run(EXAMPLE, 'fail');
    const [issue] = github.issues();
    github.saveIssues([issue ?? {}, { ...issue, number: 2 }]);
    gate('error');
    expect(states()).toEqual(['open: error', 'open: fail']);
    gate('pass');
    expect(github.issues().map(({ state }) => state)).toEqual(['closed', 'closed']);
    expect(parse(read(EXAMPLE)).concurrency).toBe('seat-gate');
  });

  test('shows text from outside in a code block, where nothing mentions and nothing is markup', () => {
    gate(HOSTILE);
    const lines = github.issues()[0]?.body.split('\n') ?? [];
    const own = [
      '<!-- seat-gate: my-enterprise -->',
      expect.stringMatching(/^\[The run\]\(https:[^)]+\) says more\./),
    ];
    expect(lines.filter((line) => line !== '' && !line.startsWith('    '))).toEqual(own);
    expect(lines[1]).toBe('');
    expect(lines.filter((line) => line.startsWith('    '))).toHaveLength(2);
    expect(lines[2]).toContain(HOSTILE_TEXT);
  });

  test.each(['octocorp.ghe.com', 'github.example.com'])(
    'is opened on the host that runs the workflow: %s',
    (host) => {
      github.remove();
      github = createGitHub(host);
      gate('fail');
      gate('pass');
      expect(states()).toEqual(['closed: fail']);
    },
  );

  test('that cannot be opened or listed fails the run', () => {
    github.breakApi('HTTP 410: Issues has been disabled in this repository.');
    expect(github.run(EXAMPLE, 'warn').result).toBe('failure');
    expect(github.run(EXAMPLE, 'pass').result).toBe('failure');
  });
});
