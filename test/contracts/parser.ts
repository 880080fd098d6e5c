/** GitHub's own parser for workflows and action metadata, told what the actions that we use accept. */
import { readFileSync } from 'node:fs';
import { type ActionsMetadataProvider, validate } from '@actions/languageservice';
import { parse } from 'yaml';
import { pathOf } from './repository.ts';

const ACTION = 'OWNER/enterprise-license-report';

/** The inputs of the actions that workflows, examples and documents use, as their `action.yml` has them. */
const INPUTS: Readonly<Record<string, string>> = {
  'actions/attest':
    'subject-path subject-digest subject-name subject-checksums push-to-registry show-summary',
  'actions/cache/restore': 'path! key! restore-keys enableCrossOsArchive fail-on-cache-miss lookup-only',
  'actions/cache/save': 'path! key! upload-chunk-size enableCrossOsArchive',
  'actions/checkout':
    'repository ref token ssh-key persist-credentials path clean filter sparse-checkout fetch-depth fetch-tags submodules',
  'actions/download-artifact':
    'name artifact-ids path pattern merge-multiple github-token repository run-id skip-decompress digest-mismatch',
  'actions/setup-node':
    'node-version node-version-file architecture check-latest registry-url scope token cache package-manager-cache cache-dependency-path',
  'actions/upload-artifact':
    'name path! if-no-files-found retention-days compression-level overwrite include-hidden-files archive',
  'aws-actions/configure-aws-credentials':
    'aws-region! role-to-assume role-session-name role-duration-seconds audience mask-aws-account-id',
  'github/codeql-action/analyze': 'output upload category token wait-for-processing',
  'github/codeql-action/init':
    'languages build-mode queries config config-file packs source-root token tools',
  'github/codeql-action/upload-sarif': 'sarif_file category token wait-for-processing',
  'ossf/scorecard-action': 'results_file! results_format! repo_token publish_results file_mode',
  'zizmorcore/zizmor-action':
    'inputs online-audits persona min-severity min-confidence version token advanced-security',
};

const actionsMetadataProvider: ActionsMetadataProvider = {
  async fetchActionMetadata({ owner, name, path }) {
    const action = [owner, name, path].filter((part) => part).join('/');
    if (action === ACTION) return parse(readFileSync(pathOf('action.yml'), 'utf8'));
    const inputs = INPUTS[action];
    if (inputs === undefined) return undefined;
    return {
      name: action,
      description: '',
      inputs: Object.fromEntries(
        inputs
          .split(' ')
          .map((input) => [input.replace('!', ''), { description: '', required: input.endsWith('!') }]),
      ),
    };
  },
};

/** Reusable workflows of this repository, by either of their names. */
const fileProvider = {
  async getFileContent(reference: { repository?: string; owner?: string; path: string }) {
    if (reference.owner !== undefined && `${reference.owner}/${reference.repository}` !== ACTION)
      throw new Error(`${reference.owner}/${reference.repository} is not known`);
    return { name: reference.path, content: readFileSync(pathOf(reference.path), 'utf8') };
  },
};

let documents = 0;

/**
 * What GitHub's parser objects to, as `line: message`. The parser keeps what it has seen by its URI, so each text gets
 * its own.
 */
export async function problems(text: string, kind: 'workflow' | 'action' = 'workflow'): Promise<string[]> {
  documents += 1;
  const name = kind === 'action' ? `${documents}/action.yml` : `${documents}/.github/workflows/workflow.yml`;
  // `./` is this repository, whose action is known by its released name.
  const named = text.replaceAll(/uses: \.\/$/gm, `uses: ${ACTION}@v1`);
  const document = { uri: `file:///${name}`, getText: () => named } as Parameters<typeof validate>[0];
  const found = await validate(document, { actionsMetadataProvider, fileProvider } as object);
  return found.map(({ message, range }) => `${range.start.line + 1}: ${message}`);
}
