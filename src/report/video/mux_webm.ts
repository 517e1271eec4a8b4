import { joinBytes } from "../../array/join_bytes.ts";

/** An encoded image and its duration. */
export interface WebmFrame {
  /** A VP8 key frame. */
  readonly data: Uint8Array;
  readonly durationMs: number;
}

/** Element ids of EBML (RFC 8794) and Matroska (RFC 9559); WebM is a subset of Matroska. */
const ID = {
  ebml: [0x1a, 0x45, 0xdf, 0xa3],
  ...{ ebmlVersion: [0x42, 0x86], ebmlReadVersion: [0x42, 0xf7], maxIdLength: [0x42, 0xf2] },
  ...{ maxSizeLength: [0x42, 0xf3], docType: [0x42, 0x82], docTypeVersion: [0x42, 0x87] },
  docTypeReadVersion: [0x42, 0x85],
  segment: [0x18, 0x53, 0x80, 0x67],
  ...{ info: [0x15, 0x49, 0xa9, 0x66], timestampScale: [0x2a, 0xd7, 0xb1], duration: [0x44, 0x89] },
  ...{ muxingApp: [0x4d, 0x80], writingApp: [0x57, 0x41] },
  ...{ tracks: [0x16, 0x54, 0xae, 0x6b], trackEntry: [0xae], trackNumber: [0xd7], trackUid: [0x73, 0xc5] },
  ...{ trackType: [0x83], codecId: [0x86], video: [0xe0], pixelWidth: [0xb0], pixelHeight: [0xba] },
  ...{ cues: [0x1c, 0x53, 0xbb, 0x6b], cuePoint: [0xbb], cueTime: [0xb3], cueTrackPositions: [0xb7] },
  ...{ cueTrack: [0xf7], cueClusterPosition: [0xf1] },
  ...{ cluster: [0x1f, 0x43, 0xb6, 0x75], timestamp: [0xe7], blockGroup: [0xa0], block: [0xa1] },
  blockDuration: [0x9b],
} as const;

/** One millisecond, in nanoseconds. */
const TICK_NS = 1_000_000;

/**
 * Writes a WebM video of VP8 key frames without sound, with an index so that a player can seek to each of them. The
 * file contains no date and no random number: the same frames give the same bytes.
 *
 * @throws {RangeError} if there is no frame, or a size or duration is not a whole number above 0.
 */
export function muxWebm(
  frames: readonly WebmFrame[],
  { widthPx, heightPx }: { widthPx: number; heightPx: number },
): Uint8Array<ArrayBuffer> {
  const wrong = [widthPx, heightPx, ...frames.map((frame) => frame.durationMs)].find((n) =>
    !(Number.isInteger(n) && n > 0)
  );
  if (frames.length === 0 || wrong !== undefined) {
    throw new RangeError(
      `Cannot make a video: it needs at least one frame, and sizes and durations (ms) must be whole numbers above 0, got ${
        wrong ?? "no frame"
      }`,
    );
  }
  const starts = frames.map((_, i) => frames.slice(0, i).reduce((sum, frame) => sum + frame.durationMs, 0));
  const total = starts.at(-1)! + frames.at(-1)!.durationMs;
  const head = [infoOf(total), tracksOf(widthPx, heightPx)];
  const clusters = frames.map((frame, i) => clusterOf(frame, starts[i]));
  // Positions count from the segment's first byte. All cues have the same size, so the size of the index is known
  // before it is filled.
  const before = joinBytes([...head, cuesOf(starts, starts.map(() => 0))]).length;
  let at = before;
  const positions = clusters.map((cluster) => (at += cluster.length) - cluster.length);
  return joinBytes([
    element(ID.ebml, [
      ...[element(ID.ebmlVersion, whole(1)), element(ID.ebmlReadVersion, whole(1))],
      ...[element(ID.maxIdLength, whole(4)), element(ID.maxSizeLength, whole(8))],
      element(ID.docType, [text("webm")]),
      ...[element(ID.docTypeVersion, whole(4)), element(ID.docTypeReadVersion, whole(2))],
    ]),
    element(ID.segment, [...head, cuesOf(starts, positions), ...clusters]),
  ]);
}

function infoOf(totalMs: number): Uint8Array {
  const duration = new Uint8Array(8);
  new DataView(duration.buffer).setFloat64(0, totalMs);
  return element(ID.info, [
    element(ID.timestampScale, whole(TICK_NS)),
    element(ID.duration, [duration]),
    element(ID.muxingApp, [text("Caput")]),
    element(ID.writingApp, [text("Caput")]),
  ]);
}

function tracksOf(widthPx: number, heightPx: number): Uint8Array {
  const video = element(ID.video, [
    element(ID.pixelWidth, whole(widthPx)),
    element(ID.pixelHeight, whole(heightPx)),
  ]);
  const entry = [
    ...[element(ID.trackNumber, whole(1)), element(ID.trackUid, whole(1)), element(ID.trackType, whole(1))],
    ...[element(ID.codecId, [text("V_VP8")]), video],
  ];
  return element(ID.tracks, [element(ID.trackEntry, entry)]);
}

function cuesOf(starts: readonly number[], positions: readonly number[]): Uint8Array {
  return element(
    ID.cues,
    starts.map((start, i) =>
      element(ID.cuePoint, [
        element(ID.cueTime, whole(start, 4)),
        element(ID.cueTrackPositions, [
          element(ID.cueTrack, whole(1)),
          element(ID.cueClusterPosition, whole(positions[i], 8)),
        ]),
      ])
    ),
  );
}

/** A cluster with one frame: track 1, no lacing (RFC 9559, section 10). */
function clusterOf({ data, durationMs }: WebmFrame, startMs: number): Uint8Array {
  const header = Uint8Array.of(0x81, 0, 0, 0);
  return element(ID.cluster, [
    element(ID.timestamp, whole(startMs)),
    element(ID.blockGroup, [element(ID.block, [header, data]), element(ID.blockDuration, whole(durationMs))]),
  ]);
}

/** An EBML element: id, size as a variable-length integer, content. */
function element(id: readonly number[], content: readonly Uint8Array[]): Uint8Array {
  const body = joinBytes(content);
  return joinBytes([Uint8Array.from(id), sizeOf(body.length), body]);
}

/** A size in eight bytes; the first byte encodes the length (RFC 8794, section 4). */
function sizeOf(length: number): Uint8Array {
  return joinBytes([Uint8Array.of(0x01), whole(length, 7)[0]]);
}

/** An unsigned integer, most significant byte first. */
function whole(value: number, bytes = 4): Uint8Array[] {
  const digits = Uint8Array.from(
    { length: bytes },
    (_, i) => Math.floor(value / 256 ** (bytes - 1 - i)) % 256,
  );
  return [digits];
}

function text(words: string): Uint8Array {
  return new TextEncoder().encode(words);
}
