/** What the runner is told: outputs, annotations, the job summary, the log. */
import { appendFile, stat, truncate } from 'node:fs/promises';
import { error, info, notice, setOutput, warning } from '@actions/core';
import { shorten, visible } from '../common/text.ts';

/** GitHub shows at most ten annotations of a kind for a step. */
const ANNOTATIONS = 10;
/** The runner cuts a longer message off. */
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

/**
 * Annotates the run with every message: when there are more than `room`, the last one holds the rest. What is too long
 * for an annotation is in the log as a whole.
 */
export function annotate(
  level: keyof typeof ANNOTATE,
  messages: readonly string[],
  room = ANNOTATIONS,
): void {
  const alone = messages.length <= room ? messages : messages.slice(0, room - 1);
  const rest = messages.slice(alone.length).map((message) => `• ${message}`);
  for (const message of rest.length === 0 ? alone : [...alone, rest.join('\n')]) {
    const lines = message.split('\n').map(logLine);
    const text = lines.join('\n');
    if (text.length > MESSAGE) for (const line of lines) info(line);
    ANNOTATE[level](shorten(text, MESSAGE));
  }
}

export interface JobSummary {
  /** Puts `markdown` behind what the step had written before, in place of what was put there last. */
  readonly write: (markdown: string) => Promise<void>;
  readonly withdraw: () => Promise<void>;
}

/** `undefined` when this runner has none. */
export function openJobSummary(): JobSummary | undefined {
  const file = process.env.GITHUB_STEP_SUMMARY;
  if (!file) return undefined;
  let before: number | undefined;
  const withdraw = async () => {
    if (before !== undefined) await truncate(file, before);
  };
  return {
    withdraw,
    async write(markdown) {
      before ??= (await stat(file)).size;
      await withdraw();
      await appendFile(file, markdown);
    },
  };
}
