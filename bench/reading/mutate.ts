import { joinBytes } from "../../src/array/join_bytes.ts";
import type { Prng } from "../../src/array/seeded_prng.ts";

/** Types of damage. */
export const mutations = [
  "flip header",
  "flip pixels",
  "extreme",
  "cut",
  "remove",
  "repeat",
  "splice",
  "insert",
] as const;

/** Weight of each type: damage that keeps the file's structure reaches deepest into the decoders. */
const weights = [4, 6, 4, 1, 1, 1, 1, 1];
const drawn = mutations.flatMap((kind, i) => new Array<typeof kind>(weights[i]).fill(kind));

/** A damaged film and the type of its last damage. */
export interface Mutant {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly kind: typeof mutations[number];
}

/** Takes a random film of the corpus and damages it one to three times. */
export function mutate(corpus: readonly Uint8Array<ArrayBuffer>[], prng: Prng): Mutant {
  let bytes = corpus[prng.integer(corpus.length)].slice();
  let kind: Mutant["kind"] = "cut";
  for (let n = 1 + prng.integer(3); n > 0; n--) {
    kind = drawn[prng.integer(drawn.length)];
    if (bytes.length > 0) bytes = damage(bytes, { kind, corpus, prng });
  }
  return { bytes, kind };
}

/** Values that may break arithmetic: zero, signs, limits of 8, 16 and 32 bits. */
const extremes = [
  0,
  1,
  0x7f,
  0x80,
  0xff,
  0x7fff,
  0x8000,
  0xffff,
  0x7fffffff,
  0x80000000,
  0xfffffffe,
  0xffffffff,
];

function damage(
  bytes: Uint8Array<ArrayBuffer>,
  { kind, corpus, prng }: { kind: Mutant["kind"]; corpus: readonly Uint8Array<ArrayBuffer>[]; prng: Prng },
): Uint8Array<ArrayBuffer> {
  const header = Math.min(bytes.length, 2048), at = prng.integer(bytes.length);
  const length = 1 + prng.integer(Math.min(64, bytes.length));
  switch (kind) {
    case "flip header":
    case "flip pixels": {
      const low = kind === "flip header" ? 0 : header,
        span = kind === "flip header" ? header : bytes.length - header;
      for (let n = 1 + prng.integer(8); n > 0 && span > 0; n--) {
        bytes[low + prng.integer(span)] ^= 1 << prng.integer(8);
      }
      return bytes;
    }
    case "extreme": {
      const place = prng() < 0.7 ? prng.integer(header) : at, view = new DataView(bytes.buffer);
      const value = extremes[prng.integer(extremes.length)], little = prng() < 0.7;
      if (value > 0xffff && place + 4 <= bytes.length) view.setUint32(place, value, little);
      else if (place + 2 <= bytes.length) view.setUint16(place, value & 0xffff, little);
      return bytes;
    }
    case "cut":
      return bytes.slice(0, at);
    case "remove":
      return joinBytes([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case "repeat":
      return joinBytes([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case "splice": {
      const other = corpus[prng.integer(corpus.length)];
      return joinBytes([
        bytes.subarray(0, at),
        other.subarray(Math.min(other.length, prng.integer(other.length + 1))),
      ]);
    }
    case "insert":
      return joinBytes([
        bytes.subarray(0, at),
        Uint8Array.from({ length }, () => prng.integer(256)),
        bytes.subarray(at),
      ]);
  }
}
