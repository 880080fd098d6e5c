/**
 * One seat holder, as `GET /enterprises/{enterprise}/consumed-licenses` lists them, normalised: every documented
 * field is there, under GitHub's own name and in the documented order.
 *
 * Texts are as they came; '' means that GitHub has none. Flags are `null` where GitHub says nothing (`""`, `null` or
 * absent), which is never the same as false.
 */
export interface Person {
  readonly github_com_login: string;
  readonly github_com_name: string;
  readonly enterprise_server_user_ids: readonly string[];
  readonly github_com_user: boolean | null;
  readonly enterprise_server_user: boolean | null;
  readonly visual_studio_subscription_user: boolean | null;
  readonly license_type: string;
  readonly github_com_profile: string;
  readonly github_com_member_roles: readonly string[];
  readonly github_com_enterprise_roles: readonly string[];
  readonly github_com_verified_domain_emails: readonly string[];
  readonly github_com_saml_name_id: string;
  readonly github_com_orgs_with_pending_invites: readonly string[];
  readonly github_com_two_factor_auth: boolean | null;
  readonly enterprise_server_emails: readonly string[];
  readonly visual_studio_license_status: string;
  readonly visual_studio_subscription_email: string;
  readonly total_user_accounts: number | null;
  /** What this version does not know, as it came. */
  readonly other_fields: Readonly<Record<string, unknown>> | null;
}
