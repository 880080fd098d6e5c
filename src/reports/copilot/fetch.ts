/** Reads who holds a Copilot seat, grant by grant. */
import * as v from 'valibot';
import { type Context, copilotAccess } from '../context.ts';
import { natural, object, reader } from '../schemas.ts';

const text = v.nullish(v.string(), '');

/** `organization` and `team` are what grants the seat: an organization, a team of one, or a team of the enterprise. */
const grant = v.pipe(
  object({
    assignee: v.nullish(object({ login: text })),
    plan_type: text,
    organization: v.nullish(object({ login: text })),
    assigning_team: v.nullish(object({ name: text, slug: text })),
    created_at: text,
    last_activity_at: text,
    last_activity_editor: text,
    last_authenticated_at: text,
    pending_cancellation_date: text,
  }),
  v.transform(({ assignee, organization, assigning_team, ...fields }) => ({
    /** '' where the seat is nobody's. */
    login: assignee?.login.trim() ?? '',
    organization: organization?.login.trim() ?? '',
    team: assigning_team?.name.trim() || assigning_team?.slug.trim() || '',
    ...fields,
  })),
);
/** A row of `seats`, under GitHub's own names. A person can hold several. */
export type Grant = v.InferOutput<typeof grant>;

const page = object({ total_seats: v.nullish(natural), seats: v.array(grant) });

export interface CopilotSeats {
  /** `total_seats` as the last page has it; `undefined` when GitHub did not send it. */
  readonly total: number | undefined;
  readonly grants: readonly Grant[];
}

/** What every page has, so that the shortest will do. */
const totals = object({ total_seats: v.nullish(natural), seats: v.array(v.unknown()) });

/** `total_seats`, out of one request. */
export async function fetchTotal({ client, inputs }: Context): Promise<number | undefined> {
  const data = await client.get({ ...listing(inputs), query: { per_page: 1 }, read: reader(totals) });
  return data.total_seats ?? undefined;
}

export const seatsPath = (enterprise: string): string =>
  `/enterprises/${encodeURIComponent(enterprise)}/copilot/billing/seats`;

const listing = (inputs: Context['inputs']) => ({
  path: seatsPath(inputs.enterprise),
  access: copilotAccess(inputs),
});

/** A grant of nobody may be like another. */
const grantKey = (seat: Grant): string | undefined => (seat.login === '' ? undefined : JSON.stringify(seat));

/**
 * Every grant, in GitHub's order.
 *
 * @throws GitHubError
 * @see https://docs.github.com/enterprise-cloud@latest/rest/copilot/copilot-user-management#list-all-copilot-seat-assignments-for-an-enterprise
 */
export async function fetchSeats({ client, inputs, progress }: Context): Promise<CopilotSeats> {
  const grants: Grant[] = [];
  let total: number | undefined;
  const resource = { ...listing(inputs), read: reader(page) };
  for await (const { data } of client.pages(resource, { rows: ({ seats }) => seats, key: grantKey })) {
    total = data.total_seats ?? total;
    grants.push(...data.seats);
    progress('Copilot grants', grants.length, undefined);
  }
  return { total, grants };
}
