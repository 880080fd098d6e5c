/** What a machine reads of the Copilot seats: one row a grant. */

import { readDate } from '../../common/dates.ts';
import { fold } from '../../common/text.ts';
import type { Column, Table } from '../report.ts';
import type { Grant } from './fetch.ts';
import { isEditor, type SeatHolder, type SeatState } from './people.ts';

/** `state` is the person's; '' where the seat is nobody's. */
type Row = Grant & { readonly state: SeatState | '' };
type DateField = 'created_at' | 'last_activity_at' | 'last_authenticated_at' | 'pending_cancellation_date';

/** What GitHub means to be a date can be a sentence about somebody. */
const date = (name: DateField): Column<Row> => ({
  name,
  unit: 'date',
  privacy: (row) => (readDate(row[name].trim()) === undefined ? 'free-text' : 'public'),
  value: (row) => row[name],
});

const COLUMNS: readonly Column<Row>[] = [
  { name: 'login', privacy: 'login', value: ({ login }) => login },
  { name: 'plan_type', privacy: 'public', value: (row) => row.plan_type },
  { name: 'organization', privacy: 'public', value: ({ organization }) => organization },
  { name: 'team', privacy: 'public', value: ({ team }) => team },
  date('created_at'),
  date('last_activity_at'),
  {
    name: 'last_activity_editor',
    privacy: (row) => (isEditor(row.last_activity_editor) ? 'public' : 'free-text'),
    value: (row) => row.last_activity_editor,
  },
  date('last_authenticated_at'),
  date('pending_cancellation_date'),
  { name: 'state', privacy: 'public', value: ({ state }) => state },
];

/** `copilot.csv` and the seats of `copilot.json`. */
export function copilotTable(grants: readonly Grant[], holders: readonly SeatHolder[]): Table<Row> {
  const states = new Map(holders.map(({ login, state }) => [fold(login), state]));
  return {
    name: 'copilot',
    title: 'Copilot seats',
    columns: COLUMNS,
    rows: grants.map((grant) => ({ ...grant, state: states.get(fold(grant.login)) ?? '' })),
  };
}
