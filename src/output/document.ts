/**
 * What the run tells its reader, whatever the format: the verdict first, then the gates, what went wrong, and the
 * reports. The job summary, `summary.md` and `report.html` are written from it. Text is as GitHub sent it; redaction
 * has already happened.
 */
import { headline, type Outcome, type Status } from '../outcome.ts';
import type { Chapter, Figure, Inline, Text } from '../reports/report.ts';
import type { Judgement } from '../thresholds.ts';
import type { Page } from '../web-pages.ts';

/** Something that the reader must not miss. */
export interface Alert {
  readonly level: 'error' | 'warning' | 'notice';
  readonly text: Text;
}

export interface Document {
  readonly title: string;
  /** The slug; '' for an Enterprise Server without one. */
  readonly enterprise: string;
  readonly generatedAt: Date;
  readonly apiUrl: string;
  readonly status: Status;
  /** To open next. */
  readonly pages: readonly Page[];
  /** The verdict in one sentence: "12 more seats are consumed than were purchased". */
  readonly headline: string;
  /** What else the reader has to know at once. */
  readonly note?: Text | undefined;
  /** The numbers that matter, about three. */
  readonly figures: readonly Figure[];
  readonly alerts: readonly Alert[];
  /** In the order in which the gates were written; none: no gate was set. */
  readonly judgements: readonly Judgement[];
  /** Trends are ordinary sections. */
  readonly reports: readonly Chapter[];
  /** Names of the files written, such as `licenses.csv`, without their directory. */
  readonly files: readonly string[];
  /** People are pseudonyms. */
  readonly redacted: boolean;
}

/** What the sign at the top says: a run without gates has nothing to pass. */
export type Sign = Status | 'ungated';
export const signOf = ({ status, judgements }: Document): Sign =>
  status === 'pass' && judgements.length === 0 ? 'ungated' : status;

/** With the enterprise, or the host of an Enterprise Server that has none: several reports may stand in one list. */
export const titleOf = ({ title, enterprise, apiUrl }: Document): string =>
  [title, enterprise || URL.parse(apiUrl)?.host].filter(Boolean).join(': ');

/** Side by side at the top. */
const MOST_FIGURES = 8;

/** `files` are the names of those that were written, or that state this document. */
export function composeDocument(outcome: Outcome, files: readonly string[]): Document {
  const { judgements, errors, links, measures, reports, status } = outcome;
  return {
    title: 'Enterprise license report',
    enterprise: outcome.enterprise,
    generatedAt: outcome.generatedAt,
    apiUrl: outcome.apiUrl,
    status,
    pages: outcome.pages,
    headline: headline(status, judgements, errors, measures),
    note: outcome.note && withFile(outcome.note, files),
    figures: reports
      .flatMap(({ figures }) => figures)
      .slice(0, MOST_FIGURES)
      .map((figure) => colourByGates(figure, judgements)),
    alerts: [
      ...errors.map((text): Alert => ({ level: 'error', text: marked(text, links) })),
      ...outcome.notices.map(({ level, text }): Alert => ({ level, text: marked(text, []) })),
    ],
    judgements,
    reports: [...reports, ...outcome.extras],
    files,
    redacted: outcome.redaction !== undefined,
  };
}

/** Only files that were written are pointed to; the page has every row, too. */
function withFile({ text, file }: NonNullable<Outcome['note']>, files: readonly string[]): Inline[] {
  const place = [file, 'report.html'].find((name) => files.includes(name));
  return place === undefined ? [text] : [`${text} Each of them is in `, { code: place }, '.'];
}

/** A figure has no better colour than the gates on its metrics. */
function colourByGates(figure: Figure, judgements: readonly Judgement[]): Figure {
  const crossed = (verdict: Judgement['verdict']) =>
    judgements.some(
      (judgement) => judgement.verdict === verdict && figure.metrics?.includes(judgement.gate.metric),
    );
  if (crossed('fail')) return { ...figure, tone: 'bad' };
  return crossed('warn') && figure.tone !== 'bad' ? { ...figure, tone: 'warn' } : figure;
}

/** Messages are written for the log, where names stand in backticks, and addresses as they are. */
const marked = (message: string, links: readonly string[]): Inline[] =>
  message
    .split(/`([^`]+)`/)
    .flatMap((part, index) => (index % 2 === 1 ? [{ code: part }] : linked(part, links)))
    .filter((part) => part !== '');

const linked = (text: string, links: readonly string[]): readonly Inline[] =>
  links.reduce<readonly Inline[]>(
    (parts, link) => parts.flatMap((part) => (typeof part === 'string' ? linkedOnce(part, link) : [part])),
    [text],
  );

const linkedOnce = (text: string, link: string): readonly Inline[] =>
  text.split(link).flatMap((rest, index) => (index === 0 ? [rest] : [{ link, text: link }, rest]));
