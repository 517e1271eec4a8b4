import type { Progress } from "./verb.ts";

/** Options of {@linkcode progressLine}: where and how progress is written. */
export interface ProgressOptions {
  /** Whether the bar can be redrawn in place. */
  terminal: boolean;
  write: (text: string) => void;
  /** A monotonic clock in milliseconds. */
  now?: () => number;
  /** Width of the terminal. @default {80} */
  columns?: number;
}

const REDRAW_MS = 100;
const LINE_MS = 10_000;
/** Time after which a line is written again although nothing but its rate has changed. */
const SAME_LINE_MS = 60_000;

function duration(seconds: number): string {
  if (!Number.isFinite(seconds)) return "?";
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
  return `${Math.floor(whole / 3600)} h ${String(Math.floor(whole / 60) % 60).padStart(2, "0")} min`;
}

/** A rate with two decimals below 10, one below 100, and none from 100 on. */
function rateText(rate: number): string {
  return rate >= 100 ? rate.toFixed(0) : rate >= 10 ? rate.toFixed(1) : rate.toFixed(2);
}

/** A progress bar that other lines can be written above. */
export interface ProgressLine extends Progress {
  /** Writes a line above the bar: erases the bar, calls `print`, draws the bar again. */
  above(print: () => void): void;
}

/**
 * Progress of `total` steps. On a terminal it is a bar with rate and time left. Otherwise it is a line every ten
 * seconds, or every minute while neither the number of finished steps nor the detail changes.
 */
export function progressLine(
  label: string,
  total: number,
  { terminal, write, now = () => performance.now(), columns = 80 }: ProgressOptions,
): ProgressLine {
  const start = now();
  let lastDrawn = terminal ? -Infinity : start, // time
    done = 0,
    detail = "",
    visible = false, // whether the bar is on the terminal
    before = -1, // steps that were finished before this run, -1 until the first update
    firstDone = -1, // steps finished at the first update above 0, and its time
    firstAt = start,
    drawn = -1, // `done` and `detail` when last drawn
    drawnDetail = "",
    ended = false;

  function text(): string {
    const seconds = (now() - start) / 1000;
    // Steps finished before a resumed run started do not count towards the rate.
    const rate = seconds > 0 ? (done - Math.max(0, before)) / seconds : 0;
    // The first step includes the start of workers and models, so its time does not predict that of the other steps.
    const later = done - firstDone, since = (now() - firstAt) / 1000;
    const left = later >= 2 && since > 0 ? `, ${duration((total - done) * since / later)} left` : "";
    const figures = `${done}/${total}, ${rateText(rate)}/s${
      done < total ? left : `, ${duration(seconds)} in all`
    }`;
    return detail ? `${figures}, ${detail}` : figures;
  }
  function draw(): void {
    [drawn, drawnDetail] = [done, detail];
    if (!terminal) return write(`${label}: ${text()}\n`);
    const width = 24, filled = total > 0 ? Math.round(width * Math.min(1, done / total)) : width;
    const bar = "#".repeat(filled) + "-".repeat(width - filled);
    write(`\r\x1b[K${`${label} [${bar}] ${text()}`.slice(0, Math.max(20, columns - 1))}`);
    visible = true;
  }
  if (terminal) draw(); // before the first step is done, which can take seconds
  return {
    update(value, word = "") {
      if (before < 0) before = value > 1 ? value : 0;
      if (firstDone < 0 && value > 0) [firstDone, firstAt] = [value, now()];
      done = value;
      detail = word;
      ended = false;
      const same = drawn === done && drawnDetail === detail;
      if (now() - lastDrawn < (terminal ? REDRAW_MS : same ? SAME_LINE_MS : LINE_MS)) return;
      lastDrawn = now();
      draw();
    },
    above(print) {
      const redraw = terminal && visible;
      if (redraw) write("\r\x1b[K");
      print();
      if (redraw) draw();
    },
    end() {
      if (ended) return; // a later call would count the time of other work
      ended = true;
      if (terminal && visible) {
        draw();
        write("\n");
        visible = false;
      } else if (!terminal && now() - start >= LINE_MS && drawn !== done) draw();
    },
  };
}
