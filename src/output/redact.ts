/** The one place where people become pseudonyms: between the reports and the output. */

import { createHmac } from 'node:crypto';
import type {
  Block,
  Cell,
  Chapter,
  Column,
  Inline,
  Json,
  Part,
  Privacy,
  Report,
  Section,
  Table,
  Text,
} from '../reports/report.ts';

export interface Redactor {
  /** Tells keys apart and says nothing about the key. */
  readonly fingerprint: string;
  /** Rows of tables stay as they are: their columns hand out pseudonyms. */
  report(report: Report): Report;
  chapter(chapter: Chapter): Chapter;
}

const KINDS = {
  login: 'user',
  name: 'name',
  email: 'email',
  id: 'id',
  url: 'url',
} as const satisfies Partial<Record<Privacy, PseudonymKind>>;

/**
 * Replaces what the columns and the sections say is about people. `organizations` are names that are no person's,
 * whatever their case: a repository of theirs keeps its name.
 */
export function createRedactor(key: string, organizations: Iterable<string>): Redactor {
  const pseudonyms = createPseudonyms(key);
  const known = new Set(Array.from(organizations, (name) => name.toLowerCase()));

  /** `owner/name`, both replaced unless the owner is an organization; a bare name counts as an owner. */
  function repository(name: string): string {
    const slash = name.indexOf('/');
    const owner = (slash === -1 ? name : name.slice(0, slash)).trim();
    if (known.has(owner.toLowerCase())) return name;
    const user = pseudonyms.of('user', owner);
    return slash === -1 ? user : `${user}/${pseudonyms.of('repo', name)}`;
  }

  /** `org:Role` or `owner/repo:Role`; a role has no colon. */
  function role(text: string): string {
    const colon = text.lastIndexOf(':');
    if (colon === -1) return known.has(text.toLowerCase()) ? text : pseudonyms.of('role', text);
    const place = text.slice(0, colon);
    return place.includes('/') ? repository(place) + text.slice(colon) : text;
  }

  function value(privacy: Privacy, given: Json): Json {
    if (privacy === 'public') return given;
    if (privacy === 'free-text') return undefined;
    if (given === null || given === undefined || typeof given === 'boolean') return given;
    if (Array.isArray(given)) return given.map((item) => value(privacy, item));
    if (typeof given === 'object') return undefined;
    if (privacy === 'repository') return repository(String(given));
    if (privacy === 'role') return role(String(given));
    return pseudonyms.of(KINDS[privacy], String(given));
  }

  function inline(piece: Inline): Inline {
    if (typeof piece === 'string') return piece;
    if ('person' in piece) return { person: pseudonyms.of('user', piece.person) };
    if ('freeText' in piece) return '';
    return 'repository' in piece ? { repository: repository(piece.repository) } : piece;
  }
  const text = (given: Text): Text => (Array.isArray(given) ? given.map(inline) : inline(given as Inline));
  const cell = (given: Cell): Cell =>
    given === undefined || typeof given === 'number' ? given : text(given);

  function block(given: Block): Block {
    switch (given.kind) {
      case 'text':
      case 'callout':
        return { ...given, text: text(given.text) };
      case 'list':
        return { ...given, items: given.items.map(text) };
      case 'table':
        return { ...given, rows: given.rows.map((row) => row.map(cell)) };
      case 'figures':
        return given;
    }
  }

  const section = (given: Section): Section => ({
    ...given,
    blocks: given.blocks.map(block),
    ...(given.conclusion !== undefined && { conclusion: text(given.conclusion) }),
  });

  function redactedColumn(column: Column<unknown>): Column<unknown> {
    const { privacy } = column;
    if (privacy === 'public') return column;
    const privacyOf = typeof privacy === 'function' ? privacy : () => privacy;
    return { ...column, value: (row) => value(privacyOf(row), column.value(row)) };
  }

  const table = (given: Table): Table => ({ ...given, columns: given.columns.map(redactedColumn) });

  const part = (given: Part): Part =>
    given.table === undefined ? given : { ...given, table: table(given.table) };

  const chapter = ({ title, sections, tables }: Chapter): Chapter => ({
    title,
    sections: sections.map(section),
    tables: tables.map(table),
  });

  return {
    fingerprint: pseudonyms.fingerprint,
    chapter,
    report: (report) => ({
      ...report,
      ...chapter(report),
      files: report.files.map((file) => ({ ...file, parts: file.parts.map(part) })),
    }),
  };
}

/* ── Pseudonyms ──────────────────────────────────────────────────────────────────────────────────────────────── */

/** The kind is the pseudonym's prefix, and part of what is hashed. */
type PseudonymKind = 'user' | 'name' | 'email' | 'id' | 'url' | 'repo' | 'role';

/** The same key and the same identity give the same pseudonym, in every file and every run. */
interface Pseudonyms {
  /** `user-1a2b3c4d5e6f7a8b`; '' stays ''. Logins, emails, ids and repositories are compared without regard to case. */
  of(kind: PseudonymKind, identity: string): string;
  /** Tells keys apart and says nothing about the key. */
  readonly fingerprint: string;
}

/** 64 bits: among a million people, two sharing one is a matter of one in ten million. */
const HEX_DIGITS = 16;
const CASE_MATTERS: ReadonlySet<PseudonymKind> = new Set(['name', 'url']);

/** HMAC-SHA-256 under `key`. */
function createPseudonyms(key: string): Pseudonyms {
  const digest = (text: string) => createHmac('sha256', key).update(text).digest('hex').slice(0, HEX_DIGITS);
  const known = new Map<string, string>();
  return {
    of(kind, identity) {
      const trimmed = identity.trim();
      if (trimmed === '') return '';
      const message = `${kind}:${CASE_MATTERS.has(kind) ? trimmed : trimmed.toLowerCase()}`;
      const before = known.get(message);
      if (before !== undefined) return before;
      const pseudonym = `${kind}-${digest(message)}`;
      known.set(message, pseudonym);
      return pseudonym;
    },
    fingerprint: digest('fingerprint of the key'),
  };
}
