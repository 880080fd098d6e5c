/** Programs of other makers that tests run, where they are installed. */
import { spawnSync } from 'node:child_process';

/** Whether all of them are there. On Linux with `REQUIRE_TOOLS` one that is not is an error: nothing is skipped unseen. */
export function haveTools(...tools: readonly string[]): boolean {
  if (process.platform !== 'linux') return false;
  const missing = tools.filter((tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status !== 0);
  if (process.env.REQUIRE_TOOLS && missing.length > 0)
    throw new Error(`install ${missing.join(', ')}: tests need what they say`);
  return missing.length === 0;
}
