/**
 * Whether an address belongs to a function rather than to a person, by its local part: RFC 2142's names and those that
 * companies give to teams and machines. Separators and a `+tag` do not matter (`it-support`, `it.support`,
 * `noreply+ci`), and a hyphenated name is a function's when it starts or ends like one
 * (`svc-jenkins`, `payments-team`).
 */
export function isRoleMailbox(address: string): boolean {
  const [local = ''] = address.slice(0, address.lastIndexOf('@')).split('+');
  const words = local.split(/[-_]/);
  return (
    NAMES.has(local.replaceAll(/[-_.]/g, '')) ||
    (words.length > 1 && (FIRST_WORDS.has(words[0] ?? '') || LAST_WORDS.has(words.at(-1) ?? '')))
  );
}

const NAMES: ReadonlySet<string> = new Set(
  `abuse accounting accounts admin administrator admins alert alerts all automation backup billing bot bots build
  buildbot builds ci cicd compliance contact cron daemon deploy deployer deployment deployments dev developer developers
  devnull devops devs donotreply engineering everyone feedback finance ftp git github githubadmin githubadmins hello help
  helpdesk hostmaster hr info infra infrastructure invoices it itadmin itadmins itdesk itops itsupport jenkins jobs legal
  license licenses licensing mail mailer mailerdaemon maintenance marketing monitor monitoring news nobody noc noreply
  notification notifications office oncall operations ops platform postmaster privacy procurement purchasing qa release
  releases robot root sales secops security service serviceaccount servicedesk services shared sre staff support
  sysadmin sysadmins sysop system systems team teams techsupport test tester testing tests tools uucp usenet vendor
  vendors webadmin webmaster www`.split(/\s+/),
);
const FIRST_WORDS: ReadonlySet<string> = new Set([
  'bot',
  'noreply',
  'robot',
  'service',
  'shared',
  'svc',
  'team',
]);
const LAST_WORDS: ReadonlySet<string> = new Set([
  'admins',
  'bot',
  'helpdesk',
  'noreply',
  'oncall',
  'robot',
  'service',
  'shared',
  'support',
  'svc',
  'team',
]);
