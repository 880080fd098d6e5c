/** Reads what GitHub knows of the connected Enterprise Servers. */
import * as v from 'valibot';
import { askCloud, type CloudOnly, type Context, licensingAccess } from '../context.ts';
import { object, reader } from '../schemas.ts';

const text = v.nullish(v.string(), '');

const syncStatus = object({
  server_instances: v.array(
    object({
      server_id: text,
      hostname: text,
      last_sync: v.nullish(object({ date: text, status: text, error: text }), {}),
    }),
  ),
});
export type Instance = v.InferOutput<typeof syncStatus>['server_instances'][number];

/**
 * Every connected server, and the path that they are from.
 *
 * @throws GitHubError, a NotOfferedError on an Enterprise Server
 * @see https://docs.github.com/enterprise-cloud@latest/rest/enterprise-admin/licensing#get-a-license-sync-status
 */
export async function fetchInstances({ client, inputs }: Context) {
  const path = `/enterprises/${encodeURIComponent(inputs.enterprise)}/license-sync-status`;
  const resource = { path, read: reader(syncStatus), access: licensingAccess(inputs) };
  const { server_instances: instances } = await askCloud(inputs, CLOUD_ONLY, () => client.get(resource));
  return { path, instances };
}

/** The servers are connected to an enterprise on the cloud, and only that one knows of them. */
const CLOUD_ONLY: CloudOnly = {
  describe: (host) =>
    `License sync status is not on ${host}: ask the enterprise on GitHub.com or GHE.com that the server is connected to` +
    ' (inputs `api-url` and `enterprise`, with a token of its owner).',
  why: 'an Enterprise Server does not list connected servers',
};
