import { setFailed } from '@actions/core';
import { explain } from './failures.ts';
import { run } from './run.ts';

await run(process.env, new Date()).catch((error: unknown) => setFailed(explain(error)));
