/** Every file that a run may write: what an earlier run left of them is removed. */
export const REPORT_FILES: ReadonlySet<string> = new Set([
  'licenses.csv',
  'licenses.json',
  'organizations.csv',
  'duplicates.csv',
  'changes.csv',
  'sync-status.csv',
  'sync-status.json',
  'billing.json',
  'usage.csv',
  'committers.csv',
  'budgets.csv',
  'summary.md',
  'report.html',
]);
