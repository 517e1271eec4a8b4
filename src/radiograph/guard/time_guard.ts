import { runFor, threadMs } from "../../platform/platform.ts";
import { limits } from "./limits.ts";
import { RadiographError } from "./radiograph_error.ts";

/** Runs synchronous work and stops it when its time is up. */
export interface TimeGuard {
  <T>(work: () => T): T;
  /** Raises the limit for the film's number of pixels, once its header has been read. */
  allowPixels(count: number): void;
}

/**
 * If work exceeds its wall-clock time but not its processor time, it is repeated with this many times the wall-clock
 * time.
 */
const retryFactor = 4;
/** Maximum number of attempts. */
const mostTries = 4;
/** A film is too slow if its thread has worked for this share of the remaining time when the timeout fires. */
const slowShare = 0.9;
/** Tolerance for the clock of a thread, ms; its resolution is 10 ms. */
const clockToleranceMs = 15;

/** Longest wall-clock time of a guard, as a multiple of its limit: every attempt runs until its timeout. */
export const longestLimits = (retryFactor ** mostTries - 1) / (retryFactor - 1);

/**
 * Processor time allowed for reading a file of this size, ms, without the part that depends on its pixels. It is far
 * more than a film needs.
 */
export function timeLimitOf(fileBytes: number): number {
  return limits.fileMs + fileBytes * limits.msPerByte;
}

/** A guard without a limit. */
export const unguarded: TimeGuard = Object.assign(<T>(work: () => T): T => work(), { allowPixels() {} });

/** Options of {@linkcode timeGuard}. */
export interface TimeGuardOptions {
  /** Time added to the limit per pixel of the film, ms. @default {0} */
  msPerPixel?: number;
}

/**
 * A guard for the steps of reading one film, which together may use `limitMs` of their thread's processor time. The
 * work is called from a `node:vm` script, whose timeout is enforced by V8, so it also stops endless loops, even in
 * WebAssembly. (Terminating a worker would not work: in Deno 2.9.6 it does not interrupt a busy loop, neither in a
 * web worker nor in one of `node:worker_threads`.)
 *
 * The timeout is in wall-clock time. If it fires before the thread has used up its processor time, the machine was
 * busy and the film is not at fault; the work is then repeated with four times the previous wall-clock
 * time, at most three times in all. It must therefore have no side effects. In a browser there is no timeout.
 *
 * @throws {RadiographError} `time-limit`, when the guard is called.
 */
export function timeGuard(limitMs: number, { msPerPixel = 0 }: TimeGuardOptions = {}): TimeGuard {
  let left = limitMs, allowed = limitMs, stretch = 1, tries = 1;
  const guard = <T>(work: () => T): T => {
    for (;;) {
      const before = threadMs();
      try {
        const answer = runFor(work, Math.max(1, Math.ceil(left * stretch)));
        left -= threadMs() - before;
        return answer;
      } catch (error) {
        const used = threadMs() - before;
        if ((error as { code?: string }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") {
          left -= used;
          throw error;
        }
        if (used + clockToleranceMs >= slowShare * left || tries === mostTries) {
          left -= used;
          throw tooSlow(allowed);
        }
        stretch *= retryFactor;
        tries++;
      }
    }
  };
  const allowPixels = (count: number) => {
    const more = Math.min(count, limits.pixels) * msPerPixel;
    left += more;
    allowed += more;
  };
  return Object.assign(guard, { allowPixels });
}

/** The guard for a film: with the given limit, otherwise one that grows with its bytes and pixels. */
export function filmGuard(fileBytes: number, limitMs?: number): TimeGuard {
  return limitMs === undefined
    ? timeGuard(timeLimitOf(fileBytes), { msPerPixel: limits.msPerPixel })
    : timeGuard(limitMs);
}

/** The error for a film that took longer than `limitMs`. */
export function tooSlow(limitMs: number): RadiographError {
  return new RadiographError(
    `Cannot decode the pixels: at most ${Math.round(limitMs)} ms are allowed, it took longer`,
    { code: "time-limit", fix: "Copy or export the file again; it takes more work than a film should need." },
  );
}
