import { RadiographError } from "../guard/radiograph_error.ts";

/** The directory of a TIFF file's first full-resolution image: the values of tags with integers or RATIONALs. */
export interface TiffDirectory {
  readonly little: boolean;
  /** The tag's values, or an empty list. */
  values(tag: number): number[];
  /** The tag's first value, or `missing`. */
  value(tag: number, missing: number): number;
  /**
   * Number of pages in the file, without thumbnails and masks. Counting stops at a loop, at damage, or at 1,000
   * directories.
   */
  pages(): number;
}

/** Type, number and position of a tag's values. */
interface Entry {
  readonly type: number;
  readonly count: number;
  readonly at: number;
}

type Entries = Map<number, Entry>;

/** Bytes per value of each field type (TIFF 6.0 section 2; BigTIFF 13, 16, 17, 18). */
const sizeOf: Readonly<Record<number, number>> = {
  1: 1,
  3: 2,
  4: 4,
  5: 8,
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  13: 4,
  16: 8,
  17: 8,
  18: 8,
};

function damaged(message: string, code: "corrupt" | "truncated" = "corrupt"): never {
  throw new RadiographError(`Cannot read the TIFF: ${message}`, {
    code,
    fix: "Copy or export the file again.",
  });
}

/**
 * Reads the first directory of a TIFF or BigTIFF file that is neither a reduced-resolution copy nor a mask (or the
 * first one, if all are). Only integers and RATIONALs are read; texts, dates and names are skipped.
 *
 * @param at position of the TIFF header; EXIF blocks contain one too.
 * @throws {RadiographError} `truncated`; reading a tag may throw `corrupt`.
 */
export function tiffDirectory(file: Uint8Array, at = 0): TiffDirectory {
  const bytes = file.subarray(at), view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 16) damaged("it ends within its header", "truncated");
  const little = bytes[0] === 0x49, big = view.getUint16(2, little) === 43;
  const offset = (place: number) =>
    big ? Number(view.getBigUint64(place, little)) : view.getUint32(place, little);
  const first = offset(big ? 8 : 4), countBytes = big ? 8 : 2, entryBytes = big ? 20 : 12;
  const readEntries = (start: number) => {
    if (!(start >= 8 && start + countBytes <= bytes.length)) {
      damaged("its directory is outside the file", "truncated");
    }
    const count = big ? Number(view.getBigUint64(start, little)) : view.getUint16(start, little);
    if (count > 4096 || start + countBytes + count * entryBytes > bytes.length) {
      damaged("its directory is truncated or too long", "truncated");
    }
    const entries: Entries = new Map();
    for (let i = 0; i < count; i++) {
      const entry = start + countBytes + i * entryBytes;
      const type = view.getUint16(entry + 2, little), n = offset(entry + 4);
      const bytesOf = (sizeOf[type] ?? 0) * n, inline = big ? 8 : 4;
      const place = bytesOf <= inline ? entry + (big ? 12 : 8) : offset(entry + (big ? 12 : 8));
      entries.set(view.getUint16(entry, little), { type, count: n, at: place });
    }
    const end = start + countBytes + count * entryBytes;
    return { entries, next: end + (big ? 8 : 4) <= bytes.length ? offset(end) : 0 };
  };
  const isPicture = (entries: Entries) => {
    const kind = entries.get(254), older = entries.get(255);
    const read = (entry: Entry | undefined) =>
      entry ? number(view, { at: entry.at, type: entry.type, little }) : 0;
    // NewSubfileType: bit 0 is a smaller copy, bit 2 a mask (TIFF 6.0 section 8); SubfileType 2 is a smaller copy.
    return (read(kind) & 5) === 0 && read(older) !== 2;
  };
  const { chosen: entries, pages } = walk();
  const values = (tag: number): number[] => {
    const entry = entries.get(tag), size = sizeOf[entry?.type ?? 0];
    if (!entry || !size) return [];
    if (entry.count > 1_000_000 || entry.at + entry.count * size > bytes.length) {
      damaged("a tag has too many values or its values are outside the file");
    }
    return Array.from(
      { length: entry.count },
      (_, i) => number(view, { at: entry.at + i * size, type: entry.type, little }),
    );
  };
  return {
    little,
    values,
    value: (tag, missing) => values(tag)[0] ?? missing,
    pages: () => Math.max(1, pages),
  };

  /** Reads at most 1,000 directories and stops at a loop or a damaged one. Damage in the first one is an error. */
  function walk(): { chosen: Entries; pages: number } {
    const seen = new Set<number>(), pictures: Entries[] = [];
    let opening: Entries | null = null;
    for (let at = first; opening === null || (at !== 0 && !seen.has(at) && seen.size < 1000);) {
      seen.add(at);
      try {
        const { entries, next } = readEntries(at);
        opening ??= entries;
        if (isPicture(entries)) pictures.push(entries);
        at = next;
      } catch (error) {
        if (opening === null) throw error;
        break;
      }
    }
    return { chosen: pictures[0] ?? opening, pages: pictures.length };
  }
}

function number(view: DataView, { at, type, little }: { at: number; type: number; little: boolean }): number {
  switch (type) {
    case 3:
      return view.getUint16(at, little);
    case 8:
      return view.getInt16(at, little);
    case 4:
    case 13:
      return view.getUint32(at, little);
    case 9:
      return view.getInt32(at, little);
    case 5: // RATIONAL: numerator and denominator
      return view.getUint32(at, little) / view.getUint32(at + 4, little);
    case 16:
    case 17:
    case 18:
      return Number(view.getBigUint64(at, little));
    case 6:
      return view.getInt8(at);
    default:
      return view.getUint8(at);
  }
}
