/** Who people are, as a host knows it, and everything that a run has written, however it is packed. */
import { gunzipSync } from 'node:zlib';
import type { Simulator } from '../simulator/server.ts';
import type { ActionRun } from './action.ts';
import { filesOf } from './support.ts';

/** Logins, names, emails, ids and profiles, of more than three characters, in lower case. */
export function identitiesOf({ enterprise, billing, copilot, visualStudio }: Simulator): Set<string> {
  const people = enterprise.people.flatMap((row) => [
    row.github_com_login,
    row.github_com_name,
    row.github_com_profile,
    row.github_com_saml_name_id,
    row.visual_studio_subscription_email,
    ...row.enterprise_server_user_ids,
    ...row.github_com_verified_domain_emails,
    ...row.enterprise_server_emails,
  ]);
  const committers = billing
    .committers('bundled')
    .repositories.flatMap(({ advanced_security_committers_breakdown }) =>
      advanced_security_committers_breakdown.flatMap((one) => [one.user_login, one.last_pushed_email]),
    );
  const budgets = billing.budgets.flatMap((budget) => [
    budget.user,
    ...budget.budget_alerting.alert_recipients,
  ]);
  const resources = billing.metered.costCenters.flatMap((center) =>
    center.resources.filter(({ type }) => type === 'User').map(({ name }) => name),
  );
  const holders = copilot.grants.map(({ assignee }) => assignee?.login);
  const subscriptions = visualStudio.subscriptions.flatMap((row) => [
    row.visual_studio_subscription_email,
    row.subscription_id,
    row.username,
  ]);
  // A text that stands where there are no identities too, such as a license type, tells nobody apart.
  const elsewhere = new Set<string | null>([
    '__proto__',
    ...enterprise.people.flatMap((row) => [
      row.license_type,
      String(row.github_com_cost_center ?? ''),
      ...row.github_com_enterprise_roles,
      row.visual_studio_license_status,
    ]),
    ...billing.metered.costCenters.map(({ name }) => name),
    ...copilot.grants.flatMap(({ plan_type: plan, assigning_team: team }) => [plan ?? '', team?.name ?? '']),
  ]);
  return new Set(
    [...people, ...committers, ...budgets, ...resources, ...holders, ...subscriptions]
      .filter((text): text is string => text !== null && text !== undefined && text.length > 3)
      .filter((text) => !elsewhere.has(text))
      .map((text) => text.toLowerCase()),
  );
}

const ENTITIES: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
};

/** `text` with the escapes of HTML, JSON, Markdown and workflow commands undone. */
function decoded(text: string): string {
  return text
    .replaceAll(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) =>
      hex || decimal
        ? String.fromCodePoint(Number.parseInt(hex ?? decimal, hex ? 16 : 10))
        : (ENTITIES[name] ?? whole),
    )
    .replaceAll(/\\u([0-9a-f]{4})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replaceAll(/%(?:0D|0A|25)/g, decodeURIComponent)
    .replaceAll(/\\(?=[^\w\s])|[\u200b-\u200d\u2060]/g, '');
}

/** What the page keeps packed: rows as compressed JSON. */
const unpacked = (page: string): string[] =>
  Array.from(page.matchAll(/"?\b(H4sI[A-Za-z0-9+/]+=*)/g), ([, packed]) =>
    gunzipSync(Buffer.from(packed as string, 'base64')).toString(),
  );

/** Everything that a run has written: files, summary, outputs and log, as it is and decoded, in lower case. */
export function everythingOf(run: ActionRun, ...more: string[]): string {
  const files = Object.values(filesOf(run));
  const written = [
    ...files,
    ...files.flatMap(unpacked),
    run.summary,
    run.log,
    ...more,
    ...Object.values(run.outputs),
  ];
  return written
    .flatMap((text) => [text, decoded(text)])
    .join('\n')
    .toLowerCase();
}
