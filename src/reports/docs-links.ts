/** Pages of GitHub's documentation that several sections send their reader to. */
const DOCS = 'https://docs.github.com/en/enterprise-cloud@latest';

export const LICENSE_SYNC = `${DOCS}/billing/how-tos/manage-server-licenses/sync-license-usage`;
export const VERIFIED_DOMAINS = `${DOCS}/admin/configuring-settings/configuring-user-applications-for-your-enterprise/verifying-or-approving-a-domain-for-your-enterprise`;
export const VISUAL_STUDIO = `${DOCS}/billing/concepts/enterprise-billing/visual-studio-subs`;
export const VISUAL_STUDIO_MATCHING = `${DOCS}/billing/how-tos/set-up-payment/set-up-vs-subscription#reconciling-users-across-visual-studio-and-github`;
export const COPILOT_ACTIVITY = `${DOCS}/copilot/reference/metrics-data`;
export const BUDGETS = `${DOCS}/billing/how-tos/set-up-budgets`;
export const COMMITTERS = `${DOCS}/billing/concepts/product-billing/github-advanced-security`;
