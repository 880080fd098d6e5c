/** `npm run demo`: the shipped action against a simulated enterprise that is over its seats. Leaves `demo-output/`. */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { runAction } from '../test/e2e/action.ts';
import { runDemo } from '../test/e2e/demo.ts';
import { TOKEN } from '../test/simulator/server.ts';

const directory = fileURLToPath(new URL('../demo-output/', import.meta.url));
rmSync(directory, { recursive: true, force: true });
mkdirSync(directory, { recursive: true });

const result = await runDemo(directory, new Date(), (github, inputs) =>
  runAction(
    { token: TOKEN, enterprise: 'acme', 'api-url': github.url, ...inputs },
    { workspace: directory, clock: 'machine' },
  ),
);

process.stdout.write(result.log);
console.log(
  `\nThe step ended with exit status ${result.exitCode}, as the enterprise is over its seats. Look at:`,
);
console.log(`  ${path.join(directory, 'enterprise-report', 'report.html')}  the report as a page`);
console.log(`  ${path.join(directory, 'enterprise-report', 'summary.md')}   the job summary`);
console.log(`  ${path.join(directory, 'enterprise-report')}  every file`);
if (result.outputs.status !== 'fail') {
  console.error(`Expected the status fail, but it is ${result.outputs.status}.`);
  process.exitCode = 1;
}
