import { expect, test } from 'vitest';
import { kindOf } from '../../../src/reports/licenses/accounts.ts';

const NOBODY = {
  github_com_login: '',
  github_com_user: null,
  enterprise_server_user_ids: [],
  enterprise_server_user: null,
  visual_studio_subscription_email: '',
  visual_studio_subscription_user: null,
};

test.each([
  ['a login alone', { github_com_login: 'mona' }, 'cloud'],
  ['a flag alone', { github_com_user: true }, 'cloud'],
  ['a server id alone', { enterprise_server_user_ids: ['host:1'] }, 'server'],
  ['a server flag alone', { enterprise_server_user: true }, 'server'],
  [
    'a login and a server flag',
    { github_com_login: 'mona', enterprise_server_user: true },
    'cloud and server',
  ],
  ['a subscription alone', { visual_studio_subscription_user: true }, 'Visual Studio'],
  ['its email alone', { visual_studio_subscription_email: 'mona@example.com' }, 'Visual Studio'],
  [
    'a login and a subscription',
    { github_com_login: 'mona', visual_studio_subscription_user: true },
    'cloud',
  ],
  ['nothing', {}, undefined],
])('a person with %s', (_, given, kind) => {
  expect(kindOf({ ...NOBODY, ...given })).toBe(kind);
});
