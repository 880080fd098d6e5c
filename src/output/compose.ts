/** Outcome → the document that the job summary and the HTML page are written from. */
import { headline, type Outcome } from '../outcome.ts';
import type { Inline } from '../reports/report.ts';
import type { Alert, Document } from './document.ts';

const FIGURES = 3;

/** `files` are the names of those that were written, or that state this document. */
export function composeDocument(outcome: Outcome, files: readonly string[]): Document {
  const { judgements, errors, links, measures, reports, status } = outcome;
  const figuresEach = Math.max(1, Math.floor(FIGURES / Math.max(1, reports.length)));
  return {
    title: 'Enterprise license report',
    enterprise: outcome.enterprise,
    generatedAt: outcome.generatedAt,
    apiUrl: outcome.apiUrl,
    status,
    headline: headline(status, judgements, errors, measures),
    figures: reports.flatMap(({ figures }) => figures.slice(0, figuresEach)),
    alerts: [
      ...errors.map((text): Alert => ({ level: 'error', text: marked(text, links) })),
      ...outcome.notices.map(({ level, text }): Alert => ({ level, text: marked(text, []) })),
    ],
    gates: judgements.map(({ gate, verdict, value, why }) => ({
      level: `${gate.level}-on`,
      metric: gate.metric,
      bound: gate.bound,
      value,
      verdict,
      ...(why !== undefined && { why }),
    })),
    reports: [
      // Where several reports share the top, each shows the rest of its figures at its own head.
      ...reports.map(({ title, figures, sections, tables }) => ({
        title,
        sections:
          reports.length > 1 && figures.length > figuresEach
            ? [{ title: '', blocks: [{ kind: 'figures' as const, figures }] }, ...sections]
            : sections,
        tables,
      })),
      ...outcome.extras,
    ],
    files,
    redacted: outcome.redaction !== undefined,
  };
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
