/**
 * Loaded before the action (`node --import clock.ts?now=…&speed=…`): the time of day that its process finds, and how
 * fast it passes there. Clock and timers keep in step.
 */
const asked = new URL(import.meta.url).searchParams;
const speed = Number(asked.get('speed') ?? 1);
const RealDate = Date;
const started = RealDate.now();
const now = asked.has('now') ? Number(asked.get('now')) : started;
const steady = performance.now.bind(performance);
const realTimeout = setTimeout;

const epoch = () => Math.round(now + (RealDate.now() - started) * speed);

globalThis.Date = new Proxy(RealDate, {
  construct: (target, values) => Reflect.construct(target, values.length === 0 ? [epoch()] : values),
  get: (target, name) => (name === 'now' ? epoch : Reflect.get(target, name)),
});
performance.now = () => steady() * speed;
globalThis.setTimeout = Object.assign(
  (callback: () => void, milliseconds = 0, ...values: []) =>
    realTimeout(callback, milliseconds / speed, ...values),
  realTimeout,
);
