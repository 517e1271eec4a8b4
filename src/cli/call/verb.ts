/** Type of an option's value: none, any text, a number, an integer, or one of the listed words. */
export type OptionKind = "flag" | "text" | "number" | "whole" | readonly string[];

/** One option of a verb. `help` gives its meaning, unit and default; the help page adds `range`. */
export interface OptionSpec {
  readonly kind: OptionKind;
  /** Placeholder for the value in the help, such as `DIR`. */
  readonly value?: string;
  readonly help: string;
  /** Smallest and largest value of a number. */
  readonly range?: readonly [number, number];
  /** True if the option is accepted, but has no effect. */
  readonly idle?: boolean;
}

/** Option values by name; an option that the user did not set is absent. */
export interface OptionValues {
  readonly [name: string]: string | number | boolean | undefined;
}

/** What the command line passes to a verb. */
export interface Call {
  readonly args: readonly string[];
  readonly options: OptionValues;
  /** True under `--json`: nothing but JSON goes to standard output. */
  readonly json: boolean;
  /** True under `--quiet`: no progress and no notes on standard error. */
  readonly quiet: boolean;
  /** Aborted by the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** Makes a path absolute; relative paths are relative to the caller's folder. */
  resolve(path: string): string;
  /** Writes a line of results to standard output. */
  print(line: string): void;
  /** Writes one value as one line of JSON to standard output. */
  printJson(value: unknown): void;
  /** Writes a note to standard error; nothing with `--quiet`. */
  note(line: string): void;
  /** Starts a progress bar of `total` steps called `label` on standard error. */
  progress(label: string, total: number): Progress;
}

/** A progress bar. */
export interface Progress {
  /** Sets the number of finished steps; `detail` describes the current one. */
  update(done: number, detail?: string): void;
  end(): void;
}

/** One verb of the command line. */
export interface Verb {
  readonly name: string;
  /** Arguments of the verb as shown in the help, such as `PATH...`. */
  readonly args: string;
  /** Minimum and maximum number of arguments. */
  readonly count: readonly [number, number];
  readonly summary: string;
  readonly details?: string;
  readonly options: Readonly<Record<string, OptionSpec>>;
  readonly example: readonly string[];
  /** Does the work and returns the exit code. */
  run(call: Call): Promise<number>;
}

/** Error for an invalid command line: exit code 2, nothing is run. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  constructor(message: string, readonly fix = "") {
    super(message);
  }
}
