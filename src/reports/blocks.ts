/** Pieces that the sections of all reports are made of. */
import type { Block, Cell, Format, Inline, Section, TableBlock, Text, Tone } from './report.ts';

export const text = (...pieces: readonly Inline[]): Block => ({ kind: 'text', text: pieces });

export const callout = (level: 'note' | 'warning' | 'caution', content: Text): Block => ({
  kind: 'callout',
  level,
  text: content,
});

/** `columns`: label → format, from left to right. */
export const table = <const Label extends string>(
  columns: Readonly<Partial<Record<Label, Format>>>,
  rows: readonly (readonly Cell[])[],
  options: Omit<TableBlock, 'kind' | 'columns' | 'rows'> & {
    readonly chart?: {
      readonly x: NoInfer<Label>;
      readonly y: NoInfer<Label>;
      readonly against?: NoInfer<Label>;
    };
  } = {},
): TableBlock => ({
  kind: 'table',
  columns: (Object.entries(columns) as [string, Format][]).map(([label, format]) => ({ label, format })),
  rows,
  ...options,
});

/** A section, unless it has nothing to say. */
export const section = (title: string, blocks: readonly Block[]): Section[] =>
  blocks.length === 0 ? [] : [{ title, blocks }];

/** One that is folded away behind its title and its conclusion. */
export const folded = (title: string, blocks: readonly Block[], conclusion?: Text): Section[] =>
  blocks.length === 0
    ? []
    : [{ title, blocks, collapsed: true, ...(conclusion !== undefined && { conclusion }) }];

/** 5 % or fewer of what was purchased are few. */
const FEW = 0.05;

/** Of what is left of something purchased: only plenty is green. */
export const toneOfLeft = (left: number, purchased: number): Tone =>
  left < 0 ? 'bad' : left <= purchased * FEW ? 'warn' : 'good';

/** People whom one list of the summary names. */
const SHOWN = 10;

/**
 * The logins of people on whom someone has to act, ten at most, and where the others are. Those without a login are
 * counted only: nothing else about a person may be shown. `people` is not empty.
 */
export function namedPeople(
  people: readonly { readonly github_com_login: string }[],
  file: string,
): readonly Inline[] {
  const shown = people.flatMap(({ github_com_login: login }) => (login ? [login] : [])).slice(0, SHOWN);
  const names = shown.flatMap((login, index): Inline[] => [...(index > 0 ? [', '] : []), { person: login }]);
  const hidden = people.length - shown.length;
  if (hidden === 0) return names;
  if (shown.length === 0) return [`${hidden}, listed in `, { code: file }];
  return [...names, ` and ${hidden} more in `, { code: file }];
}

/* ── Pages of GitHub's documentation that several sections send their reader to ──────────────────────────────── */

const DOCS = 'https://docs.github.com/en/enterprise-cloud@latest';

export const LICENSE_SYNC = `${DOCS}/billing/how-tos/manage-server-licenses/sync-license-usage`;
export const VERIFIED_DOMAINS = `${DOCS}/admin/configuring-settings/configuring-user-applications-for-your-enterprise/verifying-or-approving-a-domain-for-your-enterprise`;
export const VISUAL_STUDIO_MATCHING = `${DOCS}/billing/how-tos/set-up-payment/set-up-vs-subscription#reconciling-users-across-visual-studio-and-github`;
export const COPILOT_ACTIVITY = `${DOCS}/copilot/reference/metrics-data`;
export const ACCOUNT_MATCHING = `${DOCS}/billing/reference/enterprise-license-troubleshooting`;
export const LICENSE_USERS = `${DOCS}/billing/reference/github-license-users`;
export const BUDGETS = `${DOCS}/billing/how-tos/set-up-budgets`;
export const COMMITTERS = `${DOCS}/billing/concepts/product-billing/github-advanced-security`;
