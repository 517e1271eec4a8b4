import process from "node:process";
import { Script } from "node:vm";
import { limits } from "./limits.ts";
import { RadiographError } from "./radiograph_error.ts";

/** Runs a piece of synchronous work and stops it where its time is up. */
export type TimeGuard = <T>(work: () => T) => T;

/** Share of a core below which the machine, not the film, is to blame for the time that went by. */
const starvedShare = 0.25;
/** A starved piece of work is tried again, each time with so many times the time it had. */
const patience = 4;
/** Times that a piece of work is tried at most. */
const mostTries = 3;

/** What a guard may take at the very longest, in limits: every try in vain. */
export const longestLimits = 1 + patience + patience ** 2;

/** Where the script finds its work. */
const slot = "caput: work under a time guard";
const call = new Script(`globalThis[Symbol.for("${slot}")]()`);

/** What a file of so many bytes may take to be read, ms: far more than a film needs on a quiet machine. */
export function timeLimitOf(fileBytes: number): number {
  return limits.fileMs + fileBytes * limits.msPerByte;
}

/** No guard: for bytes of our own making. */
export const unguarded: TimeGuard = (work) => work();

/**
 * A guard over the pieces that reading one film is made of; they share `limitMs` on the clock. The work is called out of
 * a `node:vm` script, whose timeout V8 itself enforces: endless loops end, in WebAssembly too. (Ending a worker would
 * not do: neither of Deno's two kinds leaves a busy loop when it is told to terminate, seen in 2.9.6.)
 *
 * Where this whole process got less than a quarter of a core meanwhile the machine is at fault, not the film: the
 * work is done again and given four times as long, and once more sixteen times. It must therefore have no effect but its answer.
 *
 * @throws {RadiographError} `time-limit`, out of the guard.
 */
export function timeGuard(limitMs: number): TimeGuard {
  let left = limitMs, tries = 1;
  return (work) => {
    for (;;) {
      const started = performance.now(), before = process.cpuUsage();
      try {
        return runFor(work, Math.max(1, Math.ceil(left)));
      } catch (error) {
        if ((error as { code?: string }).code !== "ERR_SCRIPT_EXECUTION_TIMEOUT") throw error;
        const { user, system } = process.cpuUsage(before), took = performance.now() - started;
        const starved = (user + system) / 1000 < starvedShare * took;
        if (!starved || tries === mostTries) throw tooSlow(limitMs);
        left = took + limitMs * patience ** tries++; // what was lost is taken off below
      } finally {
        left -= performance.now() - started;
      }
    }
  };
}

function runFor<T>(work: () => T, timeout: number): T {
  const place = globalThis as unknown as Record<symbol, (() => T) | undefined>, key = Symbol.for(slot);
  const outer = place[key];
  place[key] = work;
  try {
    return call.runInThisContext({ timeout });
  } finally {
    place[key] = outer;
  }
}

/** The error of a film that took too long. */
export function tooSlow(limitMs: number): RadiographError {
  return new RadiographError(
    `Cannot decode the pixels: at most ${Math.round(limitMs)} ms are allowed, it took longer`,
    { code: "time-limit", fix: "Copy or export the file again; it asks for more work than a film needs." },
  );
}
