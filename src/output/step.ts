/** What the runner is told: outputs, annotations, the job summary, the log. */
import { error, notice, setOutput, summary, warning } from '@actions/core';
import { visible } from './format.ts';

/** GitHub shows at most ten annotations of a kind for a step. */
const ANNOTATIONS = 10;
const MESSAGE = 4000;
const ANNOTATE = { error, warning, notice };

/**
 * A line for the log that the runner cannot take for a workflow command, whatever text is in it: commands begin with
 * `::`, old ones with `##[` anywhere in a line.
 */
export function logLine(text: string): string {
  return visible(text).replace(/^::/, ': :').replaceAll('##[', '# #[');
}

/** Sets each output; `undefined` becomes an empty one. */
export function setOutputs(outputs: Readonly<Record<string, string | number | undefined>>): void {
  for (const [name, value] of Object.entries(outputs)) setOutput(name, value ?? '');
}

/** Annotates the run with every message: when there are more than `room`, the last one holds the rest. */
export function annotate(
  level: keyof typeof ANNOTATE,
  messages: readonly string[],
  room = ANNOTATIONS,
): void {
  const annotations =
    messages.length <= room
      ? messages
      : [
          ...messages.slice(0, room - 1),
          messages
            .slice(room - 1)
            .map((message) => `• ${message}`)
            .join('\n'),
        ];
  for (const message of annotations)
    ANNOTATE[level](message.split('\n').map(visible).join('\n').slice(0, MESSAGE));
}

/** Adds to the job summary. False when this runner has none. */
export async function addJobSummary(markdown: string): Promise<boolean> {
  if ((process.env.GITHUB_STEP_SUMMARY ?? '') === '') return false;
  await summary.addRaw(markdown).write();
  return true;
}
