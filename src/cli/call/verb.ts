/** What an option takes: nothing, any text, a number, a whole number, or one of the listed words. */
export type OptionKind = "flag" | "text" | "number" | "whole" | readonly string[];

/** One option of a verb. `help` gives its meaning, unit, range and default. */
export interface OptionSpec {
  readonly kind: OptionKind;
  /** Placeholder for the value in the help, such as `DIR`. */
  readonly value?: string;
  readonly help: string;
  /** Smallest and largest value of a number. */
  readonly range?: readonly [number, number];
}

/** Option values by name; an option not given is absent. */
export interface OptionValues {
  readonly [name: string]: string | number | boolean | undefined;
}

/** What a verb gets from the command line. */
export interface Call {
  readonly args: readonly string[];
  readonly options: OptionValues;
  /** True under `--json`: nothing but JSON goes to standard output. */
  readonly json: boolean;
  /** True under `--quiet`: no progress on standard error. */
  readonly quiet: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** An absolute path; relative ones are relative to the caller's folder. */
  resolve(path: string): string;
  /** A line of results, to standard output. */
  print(line: string): void;
  /** One value as one line of JSON, to standard output. */
  printJson(value: unknown): void;
  /** A note, to standard error; nothing with `--quiet`. */
  note(line: string): void;
  /** Progress of `total` steps called `label`, to standard error. */
  progress(label: string, total: number): Progress;
}

/** One running bar. */
export interface Progress {
  /** `done` steps of the total are finished; `detail` describes the current one. */
  update(done: number, detail?: string): void;
  end(): void;
}

/** One verb of the command line. */
export interface Verb {
  readonly name: string;
  /** How its arguments are written, such as `PATH...`. */
  readonly args: string;
  /** Fewest and most arguments. */
  readonly count: readonly [number, number];
  readonly summary: string;
  readonly details?: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly example: readonly string[];
  /** Does the work and returns the exit code. */
  run(call: Call): Promise<number>;
}

/** A command line that cannot be understood: exit code 2, nothing is run. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(message: string, readonly fix = "") {
    super(message);
  }
}
