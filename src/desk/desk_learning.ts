import {
  lastLearnt,
  learnFromDesk,
  type LearnFromDeskOptions,
  type LearningProgress,
  type Learnt,
  LEAST_FILMS,
} from "./learn_from_desk.ts";

/** What the desk's page shows of learning. */
export interface LearningState {
  /** Whether a training is under way. */
  readonly running: boolean;
  /** How far it is; null where none is, or it has just begun. */
  readonly progress: LearningProgress | null;
  /** Why the last one ended without a result, with what helps. */
  readonly error: string | null;
  /** How the last finished one ended, of this desk or one before. */
  readonly last: Learnt | null;
  /** Folder the models folders lie in, as the desk was told it. */
  readonly folder: string;
  /** Fewest corrected films. */
  readonly least: number;
}

/** Learning behind a desk: one training at a time. */
export interface DeskLearning {
  /** Where it stands. */
  state(): Promise<LearningState>;
  /** Begins, or goes on where a crash or a cancel left; nothing happens while one is under way. */
  start(): void;
  /** Stops after the step under way; what was learnt so far is kept for the next start. */
  cancel(): void;
  /** Resolves when nothing is under way. */
  ended(): Promise<void>;
}

/**
 * Runs {@linkcode learnFromDesk} for a served desk. The training itself works in threads of its own, so the desk goes on answering.
 *
 * @param options.filmsNow the films to look for corrections in, when a training starts
 * @param options.shown the folder's name as people know it
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
        ? "Stopped. Press Start to go on from the last checkpoint."
        : `${message}${fix ? `: ${fix}` : ""}`.replaceAll(options.filmFolder, shown);
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
