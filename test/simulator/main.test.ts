import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { TOKEN } from './server.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));

test('runs as a process of its own, with its options as flags', async () => {
  const faults = JSON.stringify([{ kind: '502-html', times: 1 }]);
  const flags = [
    '--seats',
    '7',
    '--slug',
    'umbrella',
    '--limits',
    'false',
    '--faults',
    faults,
    '--metered',
    '410',
  ];
  const child = spawn(process.execPath, [MAIN, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [line] = await once(createInterface({ input: child.stdout }), 'line');
    const { url } = JSON.parse(line);
    const ask = (path = 'consumed-licenses') =>
      fetch(`${url}/enterprises/umbrella/${path}`, {
        headers: { authorization: `Bearer ${TOKEN}` },
      });
    expect((await ask()).status).toBe(502);
    const answer = await ask();
    expect(((await answer.json()) as { users: unknown[] }).users).toHaveLength(7);
    expect(answer.headers.has('x-ratelimit-limit')).toBe(false);
    expect((await ask('settings/billing/usage')).status).toBe(410);
  } finally {
    child.kill();
  }
});

test('a flag that does not exist is refused', async () => {
  const child = spawn(process.execPath, [MAIN, '--seat', '7'], { stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([1, null]);
});
