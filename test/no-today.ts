/** Loaded before every test file: that a test, or the sources in it, take the machine's date is an error and not luck. */
const RealDate = Date;
const root = new URL('../', import.meta.url).pathname;

/** Libraries may know what day it is, and the sources measure waits with `Date.now()`. */
function refuse(folders: readonly string[]): void {
  const [, , , caller = ''] = new Error().stack?.split('\n') ?? [];
  if (!folders.some((folder) => caller.includes(`${root}${folder}/`))) return;
  throw new Error(
    'This sees today’s date, and may be red tomorrow. Pass the time, or use a simulator, a run or fake timers with a clock (test/clock.ts).',
  );
}

globalThis.Date = new Proxy(RealDate, {
  construct(target, values) {
    if (values.length === 0) refuse(['src', 'test']);
    return Reflect.construct(target, values);
  },
  get(target, name) {
    if (name === 'now') refuse(['test']);
    return Reflect.get(target, name);
  },
});
