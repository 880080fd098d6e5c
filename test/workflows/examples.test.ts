/** Every example: what it gives the action, and through all statuses in turn, on fresh and persistent runners. */
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readInputs } from '../../src/inputs/read.ts';
import { EXAMPLES, read } from '../contracts/repository.ts';
import { canRunWorkflows, createGitHub, type GitHub, type Outcome, type Status } from './github.ts';
import type { Outputs, RunOptions } from './runner.ts';

const options: Partial<RunOptions> = {
  inputs: { people: 20, period: '' },
  secrets: {
    SITE_ADMIN_TOKEN: 'ghp_admin',
    SLACK_WEBHOOK_URL: 'https://hooks.example/slack',
    TEAMS_WEBHOOK_URL: 'https://hooks.example/teams',
    SMTP_URL: 'smtps://smtp.example.com',
    PUSHGATEWAY_URL: 'https://pushgateway.example.com',
  },
};

/** Runs what `use` does with a GitHub of its own. */
function withGitHub(use: (github: GitHub) => void): void {
  const github = createGitHub();
  try {
    use(github);
  } finally {
    github.remove();
  }
}

/** Those without tests of their own that go through all statuses. */
const OTHERS = EXAMPLES.filter((file) => !/message|issue|history|changes|several/.test(file));

describe.skipIf(!canRunWorkflows).each(OTHERS)('%s', (file) => {
  test.each([
    ['fresh', false],
    ['persistent', true],
  ])('ends as the report does, run after run, on a %s runner', (_, persistent) => {
    withGitHub((github) => {
      const machine = persistent ? { machine: github.machine() } : {};
      for (const status of ['pass', 'warn', 'fail', 'error', 'pass'] as const) {
        const run = github.run(file, status, { ...options, ...machine });
        expect(run.result, `${status}\n${run.log}`).toBe(
          status === 'pass' || status === 'warn' ? 'success' : 'failure',
        );
      }
    });
  });
});

describe.skipIf(!canRunWorkflows).each(EXAMPLES)('%s', (file) => {
  test('ends in failure when an input is wrong, and leaves no artifact of an earlier run', () => {
    withGitHub((github) => {
      const machine = github.machine();
      github.run(file, 'pass', { ...options, machine });
      const before = github.artifacts().filter(({ name }) => !name.startsWith('overview-of-')).length;
      const run = github.run(file, { status: 'error', nothing: true }, { ...options, machine });
      expect(run.result).toBe('failure');
      expect(github.artifacts().filter(({ name }) => !name.startsWith('overview-of-'))).toHaveLength(before);
    });
  });

  test('gives the action inputs that it accepts', () => {
    withGitHub((github) => {
      const given: Outputs[] = [];
      github.run(
        file,
        (inputs) => {
          given.push(inputs);
          return 'pass';
        },
        options,
      );
      expect(given.length).toBeGreaterThan(0);
      for (const inputs of given) expect(problemsOf(inputs)).toEqual([]);
    });
  });

  test('runs its scripts with pipefail', () => {
    const { jobs, defaults } = parse(read(file)) as {
      jobs: Record<string, { steps?: { run?: string }[] }>;
      defaults?: object;
    };
    const scripts = Object.values(jobs).flatMap(({ steps = [] }) => steps.filter(({ run }) => run));
    expect(defaults).toEqual(scripts.length > 0 ? { run: { shell: 'bash' } } : undefined);
  });
});

/** What the action itself says of these inputs. */
function problemsOf(inputs: Outputs): readonly string[] {
  const env = Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  const api = { 'INPUT_API-URL': inputs['api-url'] || 'https://api.github.com' };
  const variables = { ...Object.fromEntries(env), ...api, GITHUB_WORKSPACE: '/work' };
  return readInputs(variables, new Date('2026-03-16T06:00:00Z')).problems;
}

describe.skipIf(!canRunWorkflows)('examples/onboarding-gate.yml', () => {
  const gate = (people: unknown, given: (inputs: Outputs) => void = () => {}) => {
    let result = '';
    withGitHub((github) => {
      const run = github.run(
        'examples/onboarding-gate.yml',
        (inputs) => {
          given(inputs);
          return 'pass';
        },
        { inputs: { people } },
      );
      result = run.result + run.log;
    });
    return result;
  };

  test('asks for as many seats as people', () => {
    let bound = '';
    expect(
      gate(20, (inputs) => {
        bound = inputs['fail-on'] ?? '';
      }),
    ).toContain('success');
    expect(bound.trim()).toBe('seats-available: below 20');
  });

  test.each([-20, 0, 1.5, 1e21, '', '20\nseats-over: above 9', '%0A::x'])('refuses %j people', (people) => {
    let asked = false;
    const result = gate(people, () => {
      asked = true;
    });
    expect(result).toMatch(
      /^failure::error::people is .*, which is no number of people: give a whole number from 1\.\n/,
    );
    expect(result.trim().split('\n')).toHaveLength(1);
    expect(asked).toBe(false);
  });
});

describe.skipIf(!canRunWorkflows)('examples/files-to-s3.yml', () => {
  const copy = (github: GitHub, outcome: Outcome | Status) => github.run('examples/files-to-s3.yml', outcome);

  test.each(['pass', 'warn', 'fail', 'error'] as const)(
    'copies the files of a run that ends in %s',
    (status) => {
      withGitHub((github) => {
        copy(github, status);
        copy(github, status);
        const calls = github.calls('aws');
        expect(calls.map(({ args }) => args.slice(0, 4))).toEqual(
          Array(2).fill(['s3', 'cp', '--recursive', '--only-show-errors']),
        );
        const targets = calls.map(({ args }) => args.at(-1) ?? '');
        for (const target of targets)
          expect(target).toMatch(/^s3:\/\/my-bucket\/enterprise-report\/\d{4}-\d\d-\d\d-run-\d+-1\/$/);
        expect(new Set(targets).size).toBe(2);
        expect(calls[0]?.files[0]).toEqual(['licenses.json', 'organizations.csv', 'report.html']);
      });
    },
  );

  test('copies nothing when there are no files, and fails when it cannot copy', () => {
    withGitHub((github) => {
      copy(github, { status: 'error', nothing: true });
      expect(github.calls('aws')).toEqual([]);
      github.breakCommand('aws');
      expect(copy(github, 'pass').result).toBe('failure');
    });
  });
});

describe.skipIf(!canRunWorkflows)('examples/prometheus-pushgateway.yml', () => {
  const push = (github: GitHub, outcome: Outcome | Status, url = 'https://pushgateway.example.com') =>
    github.run('examples/prometheus-pushgateway.yml', outcome, { secrets: { PUSHGATEWAY_URL: url } });

  test.each(['pass', 'warn', 'fail', 'error'] as const)(
    'replaces what stands at the gateway with the metrics of a run that ends in %s',
    (status) => {
      withGitHub((github) => {
        push(github, status);
        const [call] = github.calls('curl');
        expect(call?.args).toEqual(expect.arrayContaining(['--fail', '--upload-file']));
        expect(call?.args.at(-1)).toBe(
          'https://pushgateway.example.com/metrics/job/enterprise-license-report/enterprise/my-enterprise',
        );
        expect(call?.files).toEqual(['# HELP enterprise_license_report_status\n']);
      });
    },
  );

  test('takes a URL that ends in a slash', () => {
    withGitHub((github) => {
      push(github, 'pass', 'https://pushgateway.example.com/');
      expect(github.calls('curl')[0]?.args.at(-1)).toMatch(
        /^https:\/\/pushgateway\.example\.com\/metrics\/job\//,
      );
    });
  });

  test('pushes nothing when there is no file, and fails when it cannot push', () => {
    withGitHub((github) => {
      push(github, { status: 'error', nothing: true });
      expect(github.calls('curl')).toEqual([]);
      github.breakCommand('curl');
      expect(push(github, 'pass').result).toBe('failure');
    });
  });
});

test.skipIf(!canRunWorkflows)(
  'examples/server-and-cloud.yml asks the cloud although the server failed, and keeps both apart',
  () => {
    withGitHub((github) => {
      const run = github.run(
        'examples/server-and-cloud.yml',
        (inputs) => (inputs['api-url']?.endsWith('/api/v3') ? 'fail' : 'pass'),
        options,
      );
      expect(run.result).toBe('failure');
      expect(github.artifacts().map(({ name }) => name)).toEqual(['server', 'cloud']);
    });
  },
);

test.skipIf(!canRunWorkflows)(
  'examples/month-end-spending.yml reads the month before, or the one that is asked for',
  () => {
    withGitHub((github) => {
      const periods: (string | undefined)[] = [];
      for (const period of ['', '2026-01'])
        github.run(
          'examples/month-end-spending.yml',
          (inputs) => {
            periods.push(inputs.period);
            return 'pass';
          },
          { inputs: { period } },
        );
      expect(periods).toEqual(['previous', '2026-01']);
    });
  },
);
