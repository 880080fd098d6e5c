/** The time of the tests. None of them sees today's date: a simulator and a run are given a clock. */

/** What it is in the tests. It lies behind us, because files are younger than any run. */
export const NOW = new Date('2026-11-20T12:00:00Z');

export interface Clock {
  /** The moment of a run, to the millisecond, so that two runs can be compared byte for byte. */
  readonly now: Date;
  /** Milliseconds that have passed since then. */
  readonly elapsed?: number;
  /** How many times faster than ours it goes on from there. */
  readonly speed?: number;
}

/**
 * Gives this process another clock. `new Date()`, the moment of a run, stays `now`; `Date.now()`, what waits are
 * measured with, goes on in step with the timers. Returns what takes it back.
 */
export function setClock({ now, elapsed = 0, speed = 1 }: Clock): () => void {
  const before = { Date, setTimeout, now: performance.now };
  const steady = before.now.bind(performance);
  const started = steady();
  const epoch = () => Math.round(now.getTime() + elapsed + (steady() - started) * speed);
  globalThis.Date = new Proxy(before.Date, {
    construct: (target, values) => Reflect.construct(target, values.length === 0 ? [now] : values),
    get: (target, name) => (name === 'now' ? epoch : Reflect.get(target, name)),
  });
  if (speed !== 1) {
    performance.now = () => steady() * speed;
    globalThis.setTimeout = Object.assign(
      (callback: () => void, milliseconds = 0, ...values: []) =>
        before.setTimeout(callback, milliseconds / speed, ...values),
      before.setTimeout,
    );
  }
  return () => {
    globalThis.Date = before.Date;
    globalThis.setTimeout = before.setTimeout;
    performance.now = before.now;
  };
}

/** For `node --import`: the arguments that start a process with this clock. */
export function clockArguments({ now, elapsed = 0, speed = 1 }: Clock): string[] {
  const url = new URL(import.meta.url);
  url.search = new URLSearchParams({
    now: now.toISOString(),
    elapsed: `${elapsed}`,
    speed: `${speed}`,
  }).toString();
  return ['--import', url.href];
}

const asked = new URL(import.meta.url).searchParams;
if (asked.has('now')) {
  setClock({
    now: new Date(asked.get('now') as string),
    elapsed: Number(asked.get('elapsed')),
    speed: Number(asked.get('speed')),
  });
}
