import type { Device } from "../../types.ts";
import type { HistoryRow } from "./checkpoint.ts";
import type { Progress } from "./train_options.ts";

/** Milliseconds between two reports. */
const INTERVAL = 250;
/** Steps over which the reported loss is averaged. */
const WINDOW = 50;

/** Collects the reports of steps and sends a {@linkcode Progress} at most four times a second. */
export interface ProgressMeter {
  add(step: number, reports: Readonly<Record<string, number>>): void;
  validated(row: HistoryRow): void;
  /** Mean loss of the last steps; NaN before the first. */
  loss(): number;
  /** Losses of the last steps, for a checkpoint. */
  recentLosses(): number[];
  /** Sends a last report if there is anything unreported. */
  flush(): void;
}

/** Creates a {@linkcode ProgressMeter} for a run of `steps` steps, of which `done` were done before. */
export function progressMeter(
  { steps, done, recentLosses, device, onProgress }: {
    steps: number;
    done: number;
    recentLosses: readonly number[];
    device: Device;
    onProgress?: (progress: Progress) => void;
  },
): ProgressMeter {
  const recent: Readonly<Record<string, number>>[] = recentLosses.map((loss) => ({ loss }));
  const started = performance.now();
  let reported = -Infinity, step = done, pending = false;
  let validation: HistoryRow | null = null;

  // rows from before a run was resumed contain only the loss
  const meanOf = (name: string) => {
    const rows = recent.filter((row) => name in row);
    return rows.reduce((total, row) => total + row[name], 0) / rows.length;
  };
  function report(): void {
    const rate = (step - done) / ((performance.now() - started) / 1000);
    const names = Object.keys(recent.at(-1) ?? {}).filter((name) => name !== "loss");
    const metrics = Object.fromEntries(names.map((name) => [name, meanOf(name)]));
    onProgress?.({
      step,
      steps,
      loss: meanOf("loss"),
      rate,
      secondsLeft: (steps - step) / rate,
      metrics,
      validation,
      device,
    });
    reported = performance.now();
    pending = false;
  }
  return {
    add(now, reports) {
      step = now;
      recent.push(reports);
      if (recent.length > WINDOW) recent.shift();
      pending = true;
      if (performance.now() - reported >= INTERVAL) report();
    },
    validated(row) {
      validation = row;
      pending = true;
    },
    loss: () => meanOf("loss"),
    recentLosses: () => recent.map(({ loss }) => loss),
    flush() {
      if (pending) report();
    },
  };
}
