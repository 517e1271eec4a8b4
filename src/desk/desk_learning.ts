import {
  lastLearnt,
  learnFromDesk,
  type LearnFromDeskOptions,
  type LearningProgress,
  type Learnt,
  LEAST_FILMS,
} from "./learn_from_desk.ts";

/** State of training at the desk (`caput desk`, the local page for correcting outlines). */
export interface LearningState {
  /** Whether a training is running. */
  readonly running: boolean;
  /** Progress; null if no training is running or it has just started. */
  readonly progress: LearningProgress | null;
  /** Why the last training of this session ended without a result, and what to do; null if there is no such training. */
  readonly error: string | null;
  /** Result of the last finished training, in this session or an earlier one. */
  readonly last: Learnt | null;
  /** Folder for the new models folders, as the user typed it. */
  readonly folder: string;
  /** Minimum number of corrected films that a training needs. */
  readonly least: number;
}

/** Controls the training of a desk. Only one training runs at a time. */
export interface DeskLearning {
  /** The current state. */
  state(): Promise<LearningState>;
  /** Starts a training, or continues one after a crash or a cancellation. Does nothing while one is running. */
  start(): void;
  /** Stops after the current step; the progress is kept for the next start. */
  cancel(): void;
  /** Resolves when no training is running. */
  ended(): Promise<void>;
}

/**
 * Runs {@linkcode learnFromDesk} for the server of the desk. The training runs in its own threads, so the desk still
 * responds.
 *
 * @param options.filmsNow called when a training starts; returns the films to train on. Those that the reader has not
 * checked are ignored.
 * @param options.shown `options.folder` as the user typed it; the page shows it instead of the full path
 */
export function deskLearning(
  { filmsNow, shown, signal, ...options }:
    & Omit<LearnFromDeskOptions, "films" | "onProgress">
    & { filmsNow: () => LearnFromDeskOptions["films"]; shown: string },
): DeskLearning {
  let progress: LearningProgress | null = null, error: string | null = null;
  let running: { controller: AbortController; done: Promise<void> } | null = null;
  const work = async (stop: AbortSignal) => {
    try {
      await learnFromDesk({
        ...options,
        films: filmsNow(),
        signal: stop,
        onProgress: (now) => progress = now,
      });
    } catch (thrown) {
      const { message, fix } = thrown as Error & { fix?: string };
      error = stop.aborted
        ? "Stopped. Press Start to continue from the last checkpoint."
        : `${message}${fix ? `: ${fix}` : ""}`.replaceAll(options.folder, shown);
    } finally {
      [progress, running] = [null, null];
    }
  };
  return {
    state: async () => ({
      ...{ running: running !== null, progress, error, folder: shown, least: LEAST_FILMS },
      last: await lastLearnt(options.folder),
    }),
    start() {
      if (running) return;
      const controller = new AbortController();
      [progress, error] = [null, null];
      const stop = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
      running = { controller, done: Promise.resolve() };
      running.done = work(stop);
    },
    cancel: () => running?.controller.abort(new DOMException("Stopped", "AbortError")),
    ended: async () => await running?.done,
  };
}
