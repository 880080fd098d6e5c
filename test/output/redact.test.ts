import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvChunks } from '../../src/output/csv.ts';
import { jsonChunks } from '../../src/output/json.ts';
import { createRedactor, type Redactor } from '../../src/output/redact.ts';
import { summaryMarkdown } from '../../src/output/summary.ts';
import {
  EMPTY_REPORT,
  type Json,
  type Privacy,
  type Report,
  type Section,
  type Table,
  type Text,
} from '../../src/reports/report.ts';

const KEY = 'a secret of at least 32 characters';
const redactor = createRedactor(KEY, ['acme', 'Tools-Inc']);

const redact = (parts: Partial<Report>, by: Redactor = redactor): Report =>
  by.report({ ...EMPTY_REPORT, name: 'licenses', title: 'Licenses', measures: {}, ...parts });
const redactTable = (table: Table, by?: Redactor): Table =>
  redact({ tables: [table] }, by).tables[0] as Table;
const redactSection = (section: Section): Section => redact({ sections: [section] }).sections[0] as Section;
const redactText = (text: Text): Text => {
  const [block] = redactSection({ title: '', blocks: [{ kind: 'text', text }] }).blocks;
  return (block as { text: Text }).text;
};
/** What a column of this privacy hands out. */
const value = (privacy: Privacy, given: Json, by?: Redactor): Json => {
  const columns = [{ name: 'x', privacy, value: () => given }];
  return redactTable({ name: 't', title: 'T', columns, rows: [{}] }, by).columns[0]?.value({});
};

describe('a pseudonym', () => {
  test('is the same in every run with the same key', () => {
    expect(value('login', 'octocat')).toBe('user-74a7bd212f83d844');
    expect(value('login', 'octocat', createRedactor(KEY, []))).toBe(value('login', 'octocat'));
    expect(value('login', 'octocat', createRedactor(`${KEY}!`, []))).not.toBe(value('login', 'octocat'));
  });

  test('tells kinds and people apart', () => {
    const kinds: Privacy[] = ['login', 'name', 'email', 'id', 'url', 'repository'];
    const all = kinds.flatMap((kind) => [value(kind, 'octocat/x'), value(kind, 'hubot/x')]);
    expect(new Set(all).size).toBe(all.length);
    for (const pseudonym of all)
      expect(pseudonym).toMatch(/^(user|name|email|id|url)-[0-9a-f]{16}(\/repo-[0-9a-f]{16})?$/);
  });

  test('does not depend on the case of a login or an email, nor on space around it', () => {
    expect(value('login', 'OctoCat ')).toBe(value('login', 'octocat'));
    expect(value('email', ' Mona@Acme.com')).toBe(value('email', 'mona@acme.com'));
    expect(value('id', 'GHES.corp:ID1')).toBe(value('id', 'ghes.corp:id1'));
    expect(value('name', 'AbC')).not.toBe(value('name', 'abc'));
  });

  test('is made of each item of a list, and of no unknown', () => {
    expect(value('email', ['a@x', '', 'b@x'])).toEqual([value('email', 'a@x'), '', value('email', 'b@x')]);
    for (const unknown of ['', null, undefined, true, false]) expect(value('login', unknown)).toBe(unknown);
    expect(value('id', 42)).toBe(value('id', '42'));
  });
});

test.each<[string, Privacy, Json, Json]>([
  ['a number', 'public', 3, 3],
  ['an organization', 'public', 'acme', 'acme'],
  ['free text', 'free-text', 'mona called', undefined],
  ['unknown fields', 'free-text', { cost_center: 'mona' }, undefined],
  ['an object where an identity should be', 'login', { login: 'mona' }, undefined],
  ["an organization's repository", 'repository', 'ACME/web', 'ACME/web'],
  ['an organization in place of a repository', 'repository', 'tools-inc', 'tools-inc'],
  ['a role in an organization', 'role', 'acme:Owner', 'acme:Owner'],
  ["a role in an organization's repository", 'role', ['acme/web:Collaborator'], ['acme/web:Collaborator']],
  ['no repository', 'repository', '', ''],
])('%s becomes what it should', (_, privacy, given, expected) => {
  expect(value(privacy, given)).toEqual(expected);
});

test("a person's repository hides the person and its name", () => {
  const user = value('login', 'mona');
  expect(value('repository', 'mona/dotfiles')).toMatch(/^user-[0-9a-f]{16}\/repo-[0-9a-f]{16}$/);
  expect(value('repository', 'mona/dotfiles')).toBe(value('repository', 'Mona/Dotfiles'));
  expect(String(value('repository', 'mona/dotfiles')).split('/')[0]).toBe(user);
  expect(value('repository', 'mona')).toBe(user);
  expect(value('role', 'mona/dotfiles:Collaborator')).toBe(
    `${value('repository', 'mona/dotfiles')}:Collaborator`,
  );
  expect(value('role', 'mona')).not.toContain('mona');
  expect(value('role', 'mo:na/dot:files:Collaborator')).toMatch(/^user-\w+\/repo-\w+:Collaborator$/);
});

test('the fingerprint tells keys apart and is no pseudonym of anyone', () => {
  expect(redactor.fingerprint).toMatch(/^[0-9a-f]{16}$/);
  expect(redactor.fingerprint).toBe(createRedactor(KEY, ['other']).fingerprint);
  expect(redactor.fingerprint).not.toBe(createRedactor(`${KEY}!`, []).fingerprint);
});

test('people in sentences, lists and cells are replaced, and only they', () => {
  const section = redactSection({
    title: 'Act',
    blocks: [
      { kind: 'text', text: ['Ask ', { person: 'mona' }, ' of ', { code: 'acme' }] },
      { kind: 'list', items: [{ person: 'mona' }], limit: 3 },
      { kind: 'callout', level: 'note', text: { person: 'mona' } },
      {
        kind: 'table',
        columns: [{ label: 'x', format: 'text' }],
        rows: [[{ person: 'mona' }, 3, undefined, ['a', { person: 'mona' }]]],
      },
      { kind: 'figures', figures: [{ label: 'x', value: 1, format: 'number' }] },
    ],
  });
  const person = { person: value('login', 'mona') };
  expect(section).toEqual({
    title: 'Act',
    blocks: [
      { kind: 'text', text: ['Ask ', person, ' of ', { code: 'acme' }] },
      { kind: 'list', items: [person], limit: 3 },
      { kind: 'callout', level: 'note', text: person },
      {
        kind: 'table',
        columns: [{ label: 'x', format: 'text' }],
        rows: [[person, 3, undefined, ['a', person]]],
      },
      { kind: 'figures', figures: [{ label: 'x', value: 1, format: 'number' }] },
    ],
  });
});

test("a person's repository is replaced as a whole wherever a section names it", () => {
  const text = redactText(['In ', { repository: 'mona/mona-notes' }, ' and ', { repository: 'ACME/web' }]);
  expect(text).toEqual([
    'In ',
    { repository: value('repository', 'mona/mona-notes') },
    ' and ',
    { repository: 'ACME/web' },
  ]);
});

test('what somebody wrote is dropped', () => {
  const said = redactText(['the last sync failed', { freeText: ': “mona is unknown”' }]);
  expect(said).toEqual(['the last sync failed', '']);
});

test('a column may say of each row what its value is', () => {
  const columns: Table['columns'] = [
    { name: 'entity', privacy: (row) => row.privacy, value: (row) => row.entity },
  ];
  const rows = [
    { privacy: 'public', entity: 'Research' },
    { privacy: 'login', entity: 'mona' },
  ];
  const [column] = redactTable({ name: 't', title: 'T', columns, rows }).columns;
  expect(rows.map((row) => column?.value(row))).toEqual(['Research', value('login', 'mona')]);
});

test('rows are not copied', () => {
  const rows = [{ login: 'mona' }];
  const table: Table = {
    name: 't',
    title: 'T',
    columns: [{ name: 'login', privacy: 'login', value: (row) => row.login }],
    rows,
  };
  expect(redactTable(table).rows).toBe(rows);
});

/** Every identity carries a mark, so that any that is left can be found. */
const MARK = 'zqx';
const identity = fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => `${MARK}${text}`);
const PRIVATE: Privacy[] = ['login', 'name', 'email', 'id', 'url', 'repository', 'role', 'free-text'];

test('nothing that is written holds an identity', () => {
  const row = fc.tuple(
    ...PRIVATE.map((privacy) => {
      const one =
        privacy === 'repository'
          ? fc.tuple(identity, identity).map((parts) => parts.join('/'))
          : privacy === 'role'
            ? fc.tuple(identity, identity).map(([owner, repo]) => `${owner}/${repo}:Collaborator`)
            : identity;
      return fc.oneof<fc.Arbitrary<Json>[]>(
        one,
        fc.array(one),
        one.map((key) => ({ [key]: key })),
      );
    }),
  );
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), identity, (rows, person) => {
      const table: Table<Json[]> = {
        name: 'people',
        title: 'People',
        columns: PRIVATE.map((privacy, at) => ({ name: privacy, privacy, value: (cells) => cells[at] })),
        rows,
      };
      const text: Text = ['ask ', { person }];
      const report: Report = {
        name: 'licenses',
        title: 'Licenses',
        measures: {},
        figures: [],
        sections: [
          {
            title: 'Act',
            blocks: [
              { kind: 'list', items: [text] },
              { kind: 'text', text },
            ],
          },
        ],
        tables: [table],
        files: [
          {
            name: 'licenses',
            parts: [
              { name: 'users', table },
              { name: 'more', fields: { a: 1 }, table },
            ],
          },
        ],
        notices: [],
        errors: [],
        organizations: [],
      };
      const redacted = createRedactor(KEY, ['acme']).report(report);
      const head = { enterprise: 'e', generatedAt: new Date(0), apiUrl: 'https://x', metrics: {} };
      const written = [
        ...redacted.tables.flatMap((one) => [...csvChunks(one)]),
        ...redacted.files.flatMap((file) => [...jsonChunks(file, head)]),
        summaryMarkdown({
          ...head,
          title: 't',
          status: 'pass',
          headline: 'h',
          figures: [],
          alerts: [],
          judgements: [],
          reports: [redacted],
          files: [],
          pages: [],
          redacted: true,
        }),
      ].join('');
      expect(written).not.toContain(MARK);
      expect(written).toContain('user-');
    }),
  );
});
