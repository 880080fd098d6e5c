/**
 * `fail-on` and `warn-on`: what the user wrote → gates.
 *
 * A gate that is silently off costs more than any crash. So everything that is not exactly a bound is a problem with
 * a hint.
 */
import { isAlias, isCollection, isMap, isNode, isPair, isScalar, isSeq, parseDocument, visit } from 'yaml';
import { addressOf } from '../common/documents.ts';
import { didYouMean } from '../common/nearest.ts';
import { invisible, quote, visible, withInvisible, withoutInvisible } from '../common/text.ts';
import { METRIC_NAMES, METRICS, type MetricName } from '../metrics.ts';
import type { Gate, Level } from '../thresholds.ts';
import type { Reader } from './readers.ts';

export interface ParsedGates {
  readonly gates: readonly Gate[];
  /** Sentences; empty when the text is right. */
  readonly problems: readonly string[];
}

const BOUND = /^(above|below) +(-?\d+(?:\.\d+)?) *(%?)$/;
const EXAMPLE = 'write "above NUMBER" or "below NUMBER", such as "seats-available: below 0"';

/** No gates after a problem: half of them would be a verdict on the other half too. */
export const readGates =
  (level: Level): Reader<readonly Gate[]> =>
  (text, problem) => {
    const { gates, problems } = parseGates(text, level);
    for (const rest of problems) problem(rest);
    return gates;
  };

/** Reads the text of `fail-on` or `warn-on`. Never throws; an empty text has no gates. */
export function parseGates(text: string, level: Level): ParsedGates {
  if (text.trim() === '') return { gates: [], problems: [] };

  // The failsafe schema keeps every scalar the text that the user wrote: no numbers, booleans or nulls to guess from.
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true });
  const faults = [...document.errors, ...document.warnings].map((fault) => firstLine(fault.message));
  if (faults.length > 0)
    return {
      gates: [],
      problems: faults.map((fault) => `is not valid YAML: ${fault}${yamlHint(text, fault)}`),
    };

  const trick = findTrick(document.contents);
  if (trick !== undefined)
    return {
      gates: [],
      problems: [`uses ${trick}, which is not supported: write each metric and bound out`],
    };
  if (!isMap(document.contents))
    return { gates: [], problems: [`is no mapping of metrics to bounds: ${EXAMPLE}${mappingHint(text)}`] };
  if (document.contents.items.length === 0) return { gates: [], problems: [`has no bound: ${EXAMPLE}`] };

  const gates: Gate[] = [];
  const problems: string[] = [];
  for (const { key, value } of document.contents.items) {
    const name = isScalar(key) ? String(key.value) : undefined;
    if (name === undefined) {
      problems.push(`has a key that is no metric name: ${EXAMPLE}`);
      continue;
    }
    const metric = METRIC_NAMES.find((candidate) => candidate === name);
    if (metric === undefined) {
      problems.push(
        `names ${quote(name)}, which is no metric.${didYouMean(name, METRIC_NAMES)} All metrics: ${addressOf('docs/metrics.md')}`,
      );
      continue;
    }
    const bounds = isSeq(value) ? value.items : [value];
    if (bounds.length === 0) problems.push(`has an empty list for ${metric}: ${EXAMPLE}`);
    for (const bound of bounds) {
      const gate = isScalar(bound) ? parseBound(metric, String(bound.value), level) : EXAMPLE;
      if (typeof gate === 'string')
        problems.push(`has ${quote(boundText(bound))} for ${metric}, which is no bound: ${gate}`);
      else gates.push(gate);
    }
  }
  return problems.length > 0 ? { gates: [], problems } : { gates, problems };
}

function parseBound(metric: MetricName, text: string, level: Level): Gate | string {
  const match = BOUND.exec(text);
  if (!match) return boundHint(text);
  const [, direction, number, percent] = match;
  if (percent && METRICS[metric].unit !== 'percent')
    return `"%" may follow only for percentages, and ${metric} is none`;
  const limit = Number(number);
  if (!Number.isFinite(limit)) return 'the number is too large';
  return { level, metric, direction: direction as Gate['direction'], limit, bound: `${direction} ${number}` };
}

function boundHint(text: string): string {
  if (text.trim() === '')
    return `${EXAMPLE} (after ">" or "|" YAML reads a text block: write "above 5" for > 5)`;
  const meant = meantBound(text);
  if (meant === undefined) return EXAMPLE;
  const write = /^[ab]/.test(meant) ? `write "${meant}"` : `write "above ${meant}" or "below ${meant}"`;
  const unseen = invisible(text);
  return unseen.length === 0 ? write : `${write}; yours has ${unseen.join(', ')} in it, ${LOOKS_LIKE}`;
}

const LOOKS_LIKE = 'which looks like a plain character or like nothing';

/** Words and signs that people write for `above` and `below`. */
const ABOVE = /^(?:above|over|(?:more|greater|higher|larger) than|exceeds|>=?)(?![a-z])\s*/;
const BELOW = /^(?:below|under|(?:less|fewer|lower|smaller) than|<=?)(?![a-z])\s*/;
const AMOUNT = /^[$€£]?\s*(-?)[$€£+]?\s*(\d{1,3}(?:[,_ ']\d{3})+|\d*)(\.\d+)?(?=$|[\s%])/;

/** The bound that a text most likely means, or its number alone: `Above $1,000.50` → `above 1000.50`. */
function meantBound(text: string): string | undefined {
  const plain = withoutInvisible(text).replaceAll('−', '-').toLowerCase().trim();
  const direction = ABOVE.test(plain) ? 'above ' : BELOW.test(plain) ? 'below ' : '';
  const amount = plain
    .replace(ABOVE, '')
    .replace(BELOW, '')
    .replace(/^[<>=!]+\s*/, '');
  const [, minus = '', whole = '', part = ''] = AMOUNT.exec(amount) ?? [];
  if (whole === '' && part === '') return undefined;
  if (/\b(?:above|below|and|or)\b.*\d/.test(amount)) return undefined;
  return `${direction}${minus}${whole.replaceAll(/\D/g, '') || '0'}${part}`;
}

function yamlHint(text: string, fault: string): string {
  const sign = /:\s*([<>])=?\s*(-?\d+(?:\.\d+)?)/.exec(text);
  if (sign) return `. Write "${sign[1] === '>' ? 'above' : 'below'} ${sign[2]}" for ${sign[1]} ${sign[2]}`;
  if (fault.startsWith('Map keys must be unique'))
    return '. Give the metric one list of bounds: [above 5, below 1]';
  if (/:.*\S:\s/.test(text))
    return '. Is every metric on a line of its own? Use "fail-on: |" rather than "fail-on: >"';
  if (/\S:\S/.test(text)) return '. Put a space after the colon';
  return invisibleHint(text);
}

function mappingHint(text: string): string {
  if (/^\s*[\w-]+:[^ \n]/m.test(text)) return `. Put a space after the colon${invisibleHint(text)}`;
  if (/^\s*#/.test(text)) return '. Only comments were found; leave the input empty for no gate';
  if (/^\s*-/.test(text)) return '. Write no dash before the metric';
  return invisibleHint(text);
}

const invisibleHint = (text: string): string => {
  const unseen = invisible(text);
  return unseen.length === 0 ? '' : `. It has ${unseen.join(', ')} in it, ${LOOKS_LIKE}`;
};

/** Anchors, aliases, tags and merge keys can say one thing and mean another. */
function findTrick(contents: unknown): string | undefined {
  let trick: string | undefined;
  if (!isNode(contents)) return trick;
  visit(contents, (_, node) => {
    if (isAlias(node)) trick = 'an alias (*)';
    else if (isPair(node) && isScalar(node.key) && node.key.value === '<<') trick = 'a merge key (<<)';
    else if ((isScalar(node) || isCollection(node)) && node.anchor) trick = 'an anchor (&)';
    else if ((isScalar(node) || isCollection(node)) && node.tag) trick = 'a tag (!)';
    return trick === undefined ? undefined : visit.BREAK;
  });
  return trick;
}

const boundText = (bound: unknown): string =>
  isScalar(bound) ? String(bound.value) : isNode(bound) ? String(bound) : '';

/** The parser shows the place below, after a colon. */
const firstLine = (text: string): string => visible(withInvisible(text.replace(/:?[\n\r].*/s, '')));
