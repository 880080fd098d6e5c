/** From starting the process to its first request. */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { runAction } from '../test/e2e/action.ts';
import { TOKEN } from '../test/simulator/server.ts';
import { type Benchmark, sample, times } from './row.ts';

export const startUp: Benchmark = async (tell, { repeat }) => {
  let firstRequest = 0;
  const server = createServer((_, response) => {
    firstRequest ||= performance.now();
    response.writeHead(401, { 'content-type': 'application/json' }).end('{"message":"Bad credentials"}');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function timeOfAction(): Promise<number> {
    firstRequest = 0;
    const began = performance.now();
    using _ = await runAction(
      { token: TOKEN, enterprise: 'acme', 'api-url': url, formats: 'none' },
      { clock: 'machine' },
    );
    return firstRequest - began;
  }
  async function timeOfNode(): Promise<number> {
    const began = performance.now();
    await promisify(execFile)(process.execPath, ['-e', '0']);
    return performance.now() - began;
  }

  tell('in turn with node -e 0');
  const runs = await times(7 * repeat, async () => ({
    node: await timeOfNode(),
    action: await timeOfAction(),
  }));
  server.close();
  return [
    {
      what: 'start to first request',
      unit: 'ms',
      measured: sample(runs.map(({ action }) => action)),
      reference: { what: 'node -e 0', measured: sample(runs.map(({ node }) => node)) },
      as: 'more',
      goal: { bound: 'at most', value: 120 },
    },
  ];
};
