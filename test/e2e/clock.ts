/**
 * Loaded before the action (`node --import clock.ts?now=…&speed=…`): the time that its process finds, and how fast it
 * passes there. `new Date()`, the moment of the run, is `now` to the millisecond, so that two runs can be compared
 * byte for byte; `Date.now()`, what waits are measured with, goes on from there in step with the timers.
 */
const asked = new URL(import.meta.url).searchParams;
const speed = Number(asked.get('speed') ?? 1);
const RealDate = Date;
const started = RealDate.now();
const now = Number(asked.get('now') ?? started);
const steady = performance.now.bind(performance);
const realTimeout = setTimeout;

const epoch = () => Math.round(now + (RealDate.now() - started) * speed);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values) => Reflect.construct(target, values.length === 0 ? [now] : values),
  get: (target, name) => (name === 'now' ? epoch : Reflect.get(target, name)),
});
performance.now = () => steady() * speed;
globalThis.setTimeout = Object.assign(
  (callback: () => void, milliseconds = 0, ...values: []) =>
    realTimeout(callback, milliseconds / speed, ...values),
  realTimeout,
);
