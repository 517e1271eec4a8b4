/** A small DICOM writer, so that a test controls every element of its file. */
import { joinBytes } from "../../src/array/join_bytes.ts";
import { deflateRawSync } from "node:zlib";

/** Tag as eight hexadecimal digits, value representation (VR), value. */
export type Element = readonly [
  tag: string,
  vr: string,
  value: string | number | number[] | Uint8Array | Element[][] | Frames,
];

/** Encapsulated pixel data: one fragment per frame with an even number of bytes, and an empty offset table. */
export interface Frames {
  readonly frames: readonly Uint8Array[];
}

/** How a data set is written. Values given as bytes are written as they are, without swapping. */
export interface Encoding {
  readonly implicit?: boolean;
  readonly bigEndian?: boolean;
}

const longVrs = new Set(
  ["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "SV", "UC", "UN", "UR", "UT", "UV"],
);

function item(body: Uint8Array): Uint8Array {
  const head = new Uint8Array(8), view = new DataView(head.buffer);
  view.setUint16(0, 0xfffe, true);
  view.setUint16(2, 0xe000, true);
  view.setUint32(4, body.length, true);
  return joinBytes([head, body]);
}

const isFrames = (content: Element[2]): content is Frames =>
  typeof content === "object" && "frames" in content;

function value(vr: string, content: Element[2], encoding: Encoding): Uint8Array {
  const little = !encoding.bigEndian;
  if (isFrames(content)) {
    const end = Uint8Array.of(0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0);
    const even = content.frames.map((frame) =>
      frame.length % 2 ? joinBytes([frame, new Uint8Array(1)]) : frame
    );
    return joinBytes([item(new Uint8Array()), ...even.map(item), end]);
  }
  if (content instanceof Uint8Array) return content;
  if (vr === "SQ") {
    return joinBytes((content as Element[][]).map((elements) => item(dataSet(elements))));
  }
  if (typeof content === "string") {
    const text = new TextEncoder().encode(content);
    return text.length % 2 ? joinBytes([text, Uint8Array.of(vr === "UI" ? 0 : 32)]) : text;
  }
  const numbers = (Array.isArray(content) ? content : [content]) as number[];
  const size = vr === "UL" ? 4 : 2,
    bytes = new Uint8Array(numbers.length * size),
    view = new DataView(bytes.buffer);
  numbers.forEach((number, i) =>
    size === 4 ? view.setUint32(4 * i, number, little) : view.setUint16(2 * i, number & 0xffff, little)
  );
  return bytes;
}

/** Concatenated elements. Sequences are written in explicit little endian only. */
export function dataSet(elements: readonly Element[], encoding: Encoding = {}): Uint8Array<ArrayBuffer> {
  const { implicit = false, bigEndian = false } = encoding, little = !bigEndian;
  return joinBytes(elements.map(([tag, vr, content]) => {
    const body = value(vr, content, encoding), length = isFrames(content) ? 0xffffffff : body.length;
    const long = longVrs.has(vr) && !implicit, head = new Uint8Array(long ? 12 : 8);
    const view = new DataView(head.buffer);
    view.setUint16(0, parseInt(tag.slice(0, 4), 16), little);
    view.setUint16(2, parseInt(tag.slice(4), 16), little);
    if (!implicit) head.set(new TextEncoder().encode(vr), 4);
    if (long || implicit) view.setUint32(long ? 8 : 4, length, little);
    else view.setUint16(6, length, little);
    return joinBytes([head, body]);
  }));
}

/**
 * A complete file: preamble, prefix "DICM", file meta information, data set according to `encoding` (deflated if
 * requested).
 */
export function dicomFile(
  elements: readonly Element[],
  { uid = "1.2.840.10008.1.2.1", sop = "1.2.840.10008.5.1.4.1.1.1", deflated = false, ...encoding }:
    & { uid?: string; sop?: string; deflated?: boolean }
    & Encoding = {},
): Uint8Array<ArrayBuffer> {
  const meta = dataSet([["00020002", "UI", sop], ["00020010", "UI", uid]]),
    body = dataSet(elements, encoding);
  const length = dataSet([["00020000", "UL", meta.length]]);
  const preamble = [new Uint8Array(128), new TextEncoder().encode("DICM"), length, meta];
  return joinBytes([...preamble, deflated ? new Uint8Array(deflateRawSync(body)) : body]);
}

/**
 * A 3 x 2 film of 12 stored bits with values 0, 1000, ... 4000, 4095; `changes` replace or add elements, null removes.
 */
export function film(
  changes: Record<string, Element | null> = {},
  options: Parameters<typeof dicomFile>[1] = {},
): Uint8Array<ArrayBuffer> {
  const pixels = new Uint8Array(Uint16Array.of(0, 1000, 2000, 3000, 4000, 4095).buffer);
  const elements = new Map<string, Element>(
    ([
      ["00280002", "US", 1],
      ["00280004", "CS", "MONOCHROME2"],
      ["00280010", "US", 2],
      ["00280011", "US", 3],
      ["00280100", "US", 16],
      ["00280101", "US", 12],
      ["00280102", "US", 11],
      ["00280103", "US", 0],
      ["7FE00010", "OW", pixels],
    ] as Element[]).map((element) => [element[0], element]),
  );
  for (const [tag, element] of Object.entries(changes)) {
    if (element) elements.set(tag, element);
    else elements.delete(tag);
  }
  return dicomFile([...elements.values()].sort((a, b) => a[0] < b[0] ? -1 : 1), options);
}
