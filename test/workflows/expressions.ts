/** GitHub's own lexer, parser and evaluator of expressions, with the functions that only a runner can answer. */
import { data, Evaluator, Lexer, Parser } from '@actions/expressions';

export type Contexts = Readonly<Record<string, unknown>>;

/** What `success()` and its like answer at this place, and what `hashFiles()` finds. */
export interface State {
  readonly failed: boolean;
  readonly hashFiles?: (patterns: readonly string[]) => string;
}

const STATUS_FUNCTION = /\b(success|failure|cancelled|always)\s*\(/;

const bool = (value: boolean) => new data.BooleanData(value);

const functions = ({ failed, hashFiles = () => '' }: State) => [
  { name: 'success', minArgs: 0, maxArgs: 0, call: () => bool(!failed) },
  { name: 'failure', minArgs: 0, maxArgs: 0, call: () => bool(failed) },
  { name: 'cancelled', minArgs: 0, maxArgs: 0, call: () => bool(false) },
  { name: 'always', minArgs: 0, maxArgs: 0, call: () => bool(true) },
  {
    name: 'hashfiles',
    minArgs: 1,
    maxArgs: 255,
    call: (...patterns: data.ExpressionData[]) =>
      new data.StringData(hashFiles(patterns.map((pattern) => pattern.coerceString()))),
  },
];

function evaluate(expression: string, contexts: Contexts, state: State): data.ExpressionData {
  const known = functions(state);
  const { tokens } = new Lexer(expression).lex();
  const tree = new Parser(tokens, Object.keys(contexts), known).parse();
  const values = JSON.parse(JSON.stringify(contexts), data.reviver) as data.Dictionary;
  return new Evaluator(tree, values, new Map(known.map((one) => [one.name, one]))).evaluate();
}

const plain = (value: data.ExpressionData): unknown => JSON.parse(JSON.stringify(value, data.replacer));

/** A value of the YAML file with its expressions evaluated: text around an expression makes it text. */
export function resolve(value: unknown, contexts: Contexts, state: State): unknown {
  if (Array.isArray(value)) return value.map((item) => resolve(item, contexts, state));
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value).map(([key, item]) => [key, resolve(item, contexts, state)]),
    );
  if (typeof value !== 'string') return value;
  const whole = /^\$\{\{((?:(?!\}\}).)*)\}\}$/s.exec(value.trim())?.[1];
  if (whole !== undefined) return plain(evaluate(whole, contexts, state));
  return value.replaceAll(/\$\{\{(.*?)\}\}/gs, (_, expression: string) =>
    evaluate(expression, contexts, state).coerceString(),
  );
}

/** As the runner makes text of it: an environment variable, or an input of an action. */
export const textOf = (value: unknown): string =>
  value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : `${value}`;

/** An `if:`, which means `success() && (…)` where it asks for no status. */
export function holds(condition: unknown, contexts: Contexts, state: State): boolean {
  const text = condition === undefined ? 'success()' : String(condition);
  const expression = /^\$\{\{(.*)\}\}$/s.exec(text.trim())?.[1] ?? text;
  const whole = STATUS_FUNCTION.test(expression) ? expression : `success() && (${expression})`;
  const value = evaluate(whole, contexts, state);
  return Boolean(plain(value)) && plain(value) !== 0;
}
