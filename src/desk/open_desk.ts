import { encodeRuns } from "../masks/mask_runs.ts";
import { outlineAt } from "../segmentation/outline_at.ts";
import { segmentHeads } from "../segmentation/segment_heads.ts";
import { negate } from "../image/negate.ts";
import { referenceWords } from "../normative/reference_words.ts";
import { InputError } from "../input_error.ts";
import type { Models } from "../study/models/model_set.ts";
import { scoreHead } from "../study/score/score_film.ts";
import type { HeadMask, Radiograph } from "../types.ts";
import { openLog } from "./correction_log.ts";
import { type DeskAct, type DeskEntry, isCode, NETWORK, readAct } from "./desk_act.ts";
import { filmDoubt } from "./film_doubt.ts";
import { type FilmState, filmState } from "./film_state.ts";
import { headOfOutline } from "./head_of_outline.ts";
import { type ReaderAgreement, readerAgreement } from "./reader_agreement.ts";

/** A film that can be opened at the desk (`caput desk`, the local page for correcting outlines). */
export interface DeskFilm {
  /** Name as shown to the reader. */
  readonly name: string;
  /** Path of the file. */
  readonly path: string;
}

/** A film in the queue. `film` is null until the film has been read, `doubt` until it has been segmented. */
export interface QueuedFilm {
  /** Index of the film in `films` of {@linkcode OpenDeskOptions}. */
  readonly index: number;
  /** Name as shown to the reader. */
  readonly name: string;
  /** Id of the film: the first digits of its pixels' sha256. */
  readonly film: string | null;
  /** Priority for checking; the higher, the less certain are the network's outlines (see `filmDoubt`). */
  readonly doubt: number | null;
  /** Whether the reader has checked the film; false until it has been read. */
  readonly done: boolean;
  /** Number of the reader's actions that have not been undone; 0 until the film has been read. */
  readonly acts: number;
  /** Why the film could not be read or segmented; null if it could, or was not tried yet. */
  readonly error: string | null;
}

/** Options of {@linkcode openDesk}. */
export interface OpenDeskOptions {
  /** The films; the desk refers to them by their index. */
  readonly films: readonly DeskFilm[];
  /** Path of the correction log. */
  readonly log: string;
  /** Network and plan for segmentation. */
  readonly models: Pick<Models, "unet" | "plan">;
  /** Models for scoring heads; null if heads are not to be scored. */
  readonly scoring: Models | null;
  /** Reads a film. */
  readonly read: (path: string) => Promise<Radiograph>;
  /** Returns the time of an action, UTC, ISO 8601. @default the system clock */
  readonly now?: () => string;
}

/** An open film, and its state for one reader. */
export interface DeskView extends FilmState {
  /** Id of the film: the first digits of its pixels' sha256. */
  readonly film: string;
  /** Name as shown to the reader. */
  readonly name: string;
  /** Width in pixels. */
  readonly widthPx: number;
  /** Height in pixels. */
  readonly heightPx: number;
}

/** A desk: films, correction log, and networks. */
export interface Desk {
  /**
   * Films in the order in which a reader should check them: unchecked films before checked ones. Among the
   * unchecked and among the checked films, the most uncertain is first, and those not segmented yet are last.
   */
  queue(reader: string): QueuedFilm[];
  /** Opens a film for display; the network segments the film if the correction log has no result of the network for it. */
  view(index: number, reader: string): Promise<DeskView>;
  /** Pixel values of a film for display, bone bright. */
  pixels(index: number): Promise<Radiograph>;
  /** Checks an action of a reader, saves it to disk, and returns the new state of the film. */
  act(index: number, reader: string, act: unknown): Promise<DeskView>;
  /** Adds the head at a point [x, y] of the film, in pixels, outlined by the network's second pass. */
  click(index: number, reader: string, at: readonly [number, number]): Promise<DeskView>;
  /**
   * Scores of the heads as outlined by this reader, without implants and outlines marked as not a head; empty if the
   * desk has no models for scoring.
   */
  score(index: number, reader: string): Promise<ScoredOutline[]>;
  /** Agreement between two readers. */
  agreement(readers: readonly [string, string]): ReaderAgreement;
  /** Codes of all readers in the log. */
  readers(): string[];
  /** Segments every film once, one after the other, so that the queue can be sorted by uncertainty. */
  lookAtAll(signal: AbortSignal): Promise<void>;
  /** Closes the correction log. */
  close(): void;
}

/** The score of one head at the desk. */
export interface ScoredOutline {
  /** Id of the head on its film. */
  readonly head: string;
  /** Mahalanobis distance from healthy. */
  readonly distance: number;
  /** Rank among the healthy heads of the reference, 0 to 100. */
  readonly percentile: number;
  /** Whether the head differs so much from the reference cohort that its score may be unreliable. */
  readonly outOfDomain: boolean;
  /** Size and name of the reference. */
  readonly reference: string;
}

/** Length of a film's id in hexadecimal digits: 64 bits, so that collisions are negligible. */
export const ID_DIGITS = 16;
/** Number of films whose pixels are kept in memory: the most recently used ones. */
const KEPT_FILMS = 3;

/** Opens films for viewing and correction. @throws {SyntaxError} if the correction log is not valid. */
export async function openDesk(
  { films, log: path, models, scoring, read, now = () => new Date().toISOString() }: OpenDeskOptions,
): Promise<Desk> {
  const log = await openLog(path);
  const ids = new Map<number, string>(), errors = new Map<number, string>();
  const kept = new Map<number, Promise<Radiograph>>();
  let turn: Promise<unknown> = Promise.resolve(); // the network processes one film at a time
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work, work);
    turn = done.catch(() => {});
    return done;
  };
  const found = (film: string) =>
    log.entries.find((entry) => entry.film === film && entry.act === "found") as
      | Extract<DeskEntry, { act: "found" }>
      | undefined;

  const open = (index: number): Promise<Radiograph> => {
    const film = films[index];
    if (!film) throw new InputError(`There is no film ${index}`);
    let opened = kept.get(index);
    kept.delete(index);
    opened ??= read(film.path);
    kept.set(index, opened);
    opened.catch(() => kept.delete(index));
    for (const old of [...kept.keys()].slice(0, -KEPT_FILMS)) kept.delete(old);
    return opened;
  };

  /** Reads a film. Segments it if the log has no entry of the network for it. */
  const readAndSegment = async (index: number) => {
    const radiograph = await open(index), film = radiograph.storedSha256.slice(0, ID_DIGITS);
    ids.set(index, film);
    if (!found(film)) {
      await inTurn(async () => {
        if (found(film)) return;
        const { heads, quality } = await segmentHeads(radiograph, models.unet, models.plan.segmentation);
        const entry = { act: "found", heads: heads.map(foundHead), quality } as const;
        log.append({ ...entry, time: now(), reader: NETWORK, film });
      });
    }
    return { radiograph, film, inverted: found(film)!.quality.includes("inverted") };
  };
  /** As {@linkcode readAndSegment}, but also stores the error, or that there is none, for the queue. */
  const segmentAndRecord = async (index: number) => {
    try {
      const result = await readAndSegment(index);
      errors.delete(index);
      return result;
    } catch (error) {
      errors.set(
        index,
        (error as Error).message.replaceAll(films[index]?.path ?? "", films[index]?.name ?? ""),
      );
      throw error;
    }
  };
  const view = async (index: number, reader: string): Promise<DeskView> => {
    const { radiograph: { widthPx, heightPx }, film } = await segmentAndRecord(index);
    return { film, name: films[index].name, widthPx, heightPx, ...filmState(log.entries, { film, reader }) };
  };
  const append = async (index: number, reader: string, act: Exclude<DeskAct, { act: "found" }>) => {
    checkReader(reader);
    const { radiograph, film } = await segmentAndRecord(index);
    if (act.act === "outline") {
      // Throws if the outline cannot be used.
      headOfOutline(act.outline, { film: radiograph, side: "unknown", implant: false, confidence: null });
    }
    log.append({ ...act, time: now(), reader, film });
    return await view(index, reader);
  };

  return {
    queue(reader) {
      const all = films.map(({ name }, index): QueuedFilm => {
        const film = ids.get(index) ?? null, seen = film ? found(film) : undefined;
        const state = film ? filmState(log.entries, { film, reader }) : null;
        return {
          ...{ index, name, film, doubt: seen ? filmDoubt(seen) : null },
          ...{ done: state?.done ?? false, acts: state?.acts ?? 0, error: errors.get(index) ?? null },
        };
      });
      return all.sort((a, b) => Number(a.done) - Number(b.done) || (b.doubt ?? -1) - (a.doubt ?? -1));
    },
    view,
    async pixels(index) {
      const { radiograph, inverted } = await segmentAndRecord(index);
      return inverted ? { ...radiograph, pixels: negate(radiograph.pixels) } : radiograph;
    },
    act: (index, reader, act) => append(index, reader, readAct(act)),
    async click(index, reader, at) {
      const { radiograph } = await segmentAndRecord(index);
      const { heads: [head] } = await inTurn(() =>
        outlineAt(radiograph, at, { unet: models.unet, plan: models.plan.segmentation })
      );
      if (!head) {
        throw new InputError("No head could be outlined at this point", {
          fix: "click the head's centre, or draw it with the brush",
        });
      }
      const names = new Set(log.entries.flatMap((entry) => "head" in entry ? [entry.head] : []));
      let number = 1;
      while (names.has(`a${number}`)) number++;
      const { side } = head;
      return await append(index, reader, {
        ...{ act: "outline", head: `a${number}`, outline: encodeRuns(head), tool: "click", side },
      });
    },
    async score(index, reader) {
      if (!scoring) return [];
      const { radiograph, film, inverted } = await segmentAndRecord(index);
      const { heads } = filmState(log.entries, { film, reader });
      const scored: ScoredOutline[] = [], reference = referenceWords(scoring.normative.reference);
      for (
        const { head, outline, ...stated } of heads.filter(({ notHead, implant }) => !notHead && !implant)
      ) {
        const mask = headOfOutline(outline, { ...stated, inverted, film: radiograph });
        const { distance, percentile, outOfDomain } = await inTurn(() =>
          scoreHead(radiograph, mask, scoring)
        );
        scored.push({ head, distance, percentile, outOfDomain, reference });
      }
      return scored;
    },
    agreement: (readers) => readerAgreement(log.entries, readers),
    readers: () => [...new Set(log.entries.map(({ reader }) => reader))].filter((code) => code !== NETWORK),
    async lookAtAll(signal) {
      for (let index = 0; index < films.length && !signal.aborted; index++) {
        if (!ids.has(index)) await segmentAndRecord(index).catch(() => {}); // the queue shows the error
      }
    },
    close: () => log.close(),
  };
}

function foundHead({ side, quality, confidence, boxPx, mask }: HeadMask, i: number) {
  return {
    ...{ head: `h${i + 1}`, side, implant: quality.includes("implant"), confidence },
    outline: encodeRuns({ boxPx, mask }),
  };
}

function checkReader(reader: string): void {
  if (isCode(reader) && reader !== NETWORK) return;
  throw new InputError("A reader's code must be 1 to 32 letters, digits, - or _, and not network");
}
