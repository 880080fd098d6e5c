/** What the numbers were measured on. */
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

export interface Machine {
  readonly node: string;
  readonly system: string;
  readonly processor: string;
  readonly cores: number;
  readonly memory: string;
  /** Of the last minute, before the benchmark began: what else kept the machine busy. */
  readonly load: number;
}

export const machine = (): Machine => ({
  node: process.version,
  system: `${type()} ${release()} ${process.arch}`,
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memory: `${Math.round(totalmem() / 1024 ** 3)} GiB`,
  load: loadavg()[0] ?? 0,
});
