/** The entry: refuses a Node.js that is too old, then runs. Whatever happens, outputs and an annotation say so. */
import { ExitCode } from '@actions/core';
import { ExplainedError } from './common/documents.ts';
import { discardUnfinished } from './common/files.ts';
import { explain } from './failures.ts';
import { reportDirectory } from './inputs/read.ts';
import { annotate, logLine, openJobSummary, setOutputs } from './output/step.ts';

const NODE = 24;

try {
  if (Number.parseInt(process.versions.node, 10) < NODE) {
    throw new ExplainedError(
      'node',
      `This action needs Node.js ${NODE} and was started with ${process.version}. Update the runner to version ` +
        '2.327.1 or later, which brings it, or start dist/index.js with Node.js 24.',
    );
  }
  // Only now: what it is made of may itself need this version.
  const { run } = await import(/* webpackMode: "eager" */ './run.ts');
  await run(process.env, new Date());
} catch (error) {
  process.exitCode = ExitCode.Failure;
  // A page or a summary of a run that did not end is no verdict.
  discardUnfinished();
  annotate('error', [explain(error)]);
  await tell(() => setOutputs({ status: 'error', 'report-directory': reportDirectory(process.env) }));
  await tell(() => openJobSummary()?.write(`${logLine(explain(error))}\n`));
}

/** Where this runner has no such thing, the annotation must do. */
async function tell(step: () => unknown): Promise<void> {
  try {
    await step();
  } catch {}
}
