import { runFor, threadMs } from "../../platform/platform.ts";
import { limits } from "./limits.ts";
import { RadiographError } from "./radiograph_error.ts";

/** Runs a piece of synchronous work and stops it where its time is up. */
export interface TimeGuard {
  <T>(work: () => T): T;
  /** Tells how many pixels the film has, once its header is read: its limit grows by what decoding them may take. */
  allowPixels(count: number): void;
}

/** A piece of work that ran out of time on the clock, but not of processor time, is tried again with so many times the clock. */
const patience = 4;
/** Times that a piece of work is tried at most. */
const mostTries = 4;
/** Share of the limit that a thread must have worked before its film is to blame; thread clocks tick every 10 ms. */
const blameShare = 0.9, tickMs = 15;

/** What a guard may take on the clock at the very longest, in limits: every try in vain. */
export const longestLimits = (patience ** mostTries - 1) / (patience - 1);

/** What a file of so many bytes may take to be read, ms of processor time: far more than a film needs. */
export function timeLimitOf(fileBytes: number): number {
  return limits.fileMs + fileBytes * limits.msPerByte;
}

/** No guard: for bytes of our own making. */
export const unguarded: TimeGuard = Object.assign(<T>(work: () => T): T => work(), { allowPixels() {} });

/** How a {@linkcode timeGuard} counts. */
export interface TimeGuardOptions {
  /** What each of the film's pixels adds to the limit, ms. @default {0} */
  msPerPixel?: number;
}

/**
 * A guard over the pieces that reading one film is made of; they share `limitMs` of their thread's processor time. The work is
 * called out of a `node:vm` script, whose timeout V8 itself enforces: endless loops end, in WebAssembly too. (Ending a worker would
 * not do: neither of Deno's two kinds leaves a busy loop when it is told to terminate, seen in 2.9.6.)
 *
 * That timeout runs on the clock. Where it strikes before the thread has worked for as long, the machine is busy, not the film
 * at fault: the work is done again and given four times the clock, and so on. It must therefore have no effect but its answer.
 *
 * @throws {RadiographError} `time-limit`, out of the guard.
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
        if (used + tickMs >= blameShare * left || tries === mostTries) {
          left -= used;
          throw tooSlow(allowed);
        }
        stretch *= patience;
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

/** The guard of a film: its own limit, else one that grows with its file's bytes and its pixels. */
export function filmGuard(fileBytes: number, limitMs?: number): TimeGuard {
  return limitMs === undefined
    ? timeGuard(timeLimitOf(fileBytes), { msPerPixel: limits.msPerPixel })
    : timeGuard(limitMs);
}

/** The error of a film that took too long. */
export function tooSlow(limitMs: number): RadiographError {
  return new RadiographError(
    `Cannot decode the pixels: at most ${Math.round(limitMs)} ms are allowed, it took longer`,
    { code: "time-limit", fix: "Copy or export the file again; it asks for more work than a film needs." },
  );
}
