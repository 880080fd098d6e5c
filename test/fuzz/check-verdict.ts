/** Status, exit status, breaches, outputs and log of a run say the same. */
import { expect } from 'vitest';
import { parseHistory } from '../../src/history/runs.ts';
import { TOKEN } from '../simulator/server.ts';
import type { Answer, Answers } from './answers.ts';
import { asksForStates, readBudgets } from './expected-budgets.ts';
import { isRefusal } from './reading.ts';
import type { Run } from './run.ts';
import type { Scenario } from './scenario.ts';

export function checkVerdict({ exitCode, outputs, metrics, log, summary }: Run, scenario: Scenario): void {
  const { status } = outputs;
  expect(status).toMatch(/^(pass|warn|fail|error)$/);
  expect(exitCode).toBe(status === 'fail' || status === 'error' ? 1 : 0);
  const shown = log.replace(/^::debug::.*$/gm, '');
  expect(shown).not.toMatch(/Unexpected error|TypeError|RangeError|is not a function|Cannot read prop/);
  expect(log.replaceAll(`::add-mask::${TOKEN}`, '')).not.toContain(TOKEN);
  expect(summary).not.toContain(TOKEN);

  for (const [name, value] of Object.entries(metrics)) {
    expect(outputs[name], name).toBe(String(value));
    expect(outputs[name], name).toMatch(/^-?\d+(\.\d{1,2})?$/);
  }

  const crossed = scenario.gates.filter(({ metric, direction, limit }) => {
    const value = metrics[metric];
    return value !== undefined && (direction === 'above' ? value > limit : value < limit);
  });
  const named = crossed.map(({ level, metric, direction, limit }) => ({
    level,
    metric,
    value: metrics[metric],
    bound: `${direction} ${limit}`,
  }));
  const inOrder = (breaches: typeof named) => breaches.map((breach) => JSON.stringify(breach)).sort();
  expect(inOrder(JSON.parse(outputs.breaches ?? ''))).toEqual(inOrder(named));

  const hasFailed = crossed.some(({ level }) => level === 'fail');
  const unchecked = scenario.gates.filter(({ metric }) => metrics[metric] === undefined);
  const nothingToMeasure = unchecked.filter(({ metric }) => log.includes(`${metric} has nothing to measure`));
  const faults = faultsOf(scenario);
  if (hasFailed) expect(['fail', 'error']).toContain(status);
  if (crossed.length > 0) expect(status).not.toBe('pass');
  if (faults.must.length > 0) expect(status, `${faults.must.join()} cannot be read`).toBe('error');
  if (unchecked.some((gate) => gate.level === 'fail' && !nothingToMeasure.includes(gate))) {
    expect(status, 'a gate has no value').toBe('error');
  }
  if (faults.may.length === 0 && unchecked.length === 0) {
    expect(status, log).toBe(hasFailed ? 'fail' : crossed.length > 0 ? 'warn' : 'pass');
  }
}

/** The answers that the run has to call an error, and those that it may. */
function faultsOf({ answers, reports, isServer, isPast, people, previous, history }: Scenario) {
  const asked = Object.entries(answers).filter(([name]) => {
    const isBilling = name.startsWith('settings/billing/');
    const isPresent = /(actions|packages|shared-storage|advanced-security)$/.test(name);
    if (isBilling) {
      return (
        reports.includes('billing') && !(isPast && isPresent) && (!isServer || name.endsWith('-security'))
      );
    }
    if (name === 'license-sync-status') return reports.includes('sync-status') && !isServer;
    if (name === 'copilot/billing/seats') return reports.includes('copilot') && !isServer;
    if (name === 'visual-studio-subscriptions' && !people) return false;
    return reports.includes('licenses') && name.startsWith('enterprise/') === isServer;
  });
  const must = asked
    .filter(([name, answer]) => isFault(name, answer))
    // Whether they are asked for depends on the budgets.
    .filter(([name]) => name !== 'settings/billing/user-states' || (people && haveStates(answers)))
    .map(([name]) => name);
  const may = asked.filter(([, { kind }]) => kind !== 'sound').map(([name]) => name);
  if (isServer && reports.some((report) => report !== 'licenses'))
    may.push('what an Enterprise Server has not');
  if (previous !== null) may.push('previous-report');
  const { runs, damaged } = parseHistory(history?.join('\n') ?? '');
  if (runs.length === 0 && damaged.length > 0) must.push('a history-file that is none');
  return { must, may: [...may, ...must] };
}

const haveStates = ({ 'settings/billing/budgets': budgets }: Answers): boolean =>
  budgets.kind === 'sound' && readBudgets(budgets.bodies).some(asksForStates);

/** Sections of the bill may be left out, and the list of Visual Studio subscriptions, which is asked for beside people. */
const isFault = (name: string, answer: Answer): boolean =>
  answer.kind === 'garbage' ||
  (answer.kind === 'refused' &&
    !(/^(settings\/|visual-studio-)/.test(name) && isRefusal(answer, 403, 404, 410)));
