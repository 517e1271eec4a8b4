/** A little DICOM writer, so that a test can say exactly what its file holds. Explicit VR little endian. */

/** Tag as eight hexadecimal digits, VR, value. */
export type Element = readonly [
  tag: string,
  vr: string,
  value: string | number | number[] | Uint8Array | Element[][],
];

const longVrs = new Set(["OB", "OD", "OF", "OL", "OV", "OW", "SQ", "UC", "UN", "UR", "UT"]);

function join(parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function value(vr: string, given: Element[2]): Uint8Array {
  if (given instanceof Uint8Array) return given;
  if (vr === "SQ") {
    return join((given as Element[][]).map((item) => {
      const body = dataSet(item), head = new Uint8Array(8), view = new DataView(head.buffer);
      view.setUint16(0, 0xfffe, true);
      view.setUint16(2, 0xe000, true);
      view.setUint32(4, body.length, true);
      return join([head, body]);
    }));
  }
  if (typeof given === "string") {
    const text = new TextEncoder().encode(given);
    return text.length % 2 ? join([text, Uint8Array.of(vr === "UI" ? 0 : 32)]) : text;
  }
  const numbers = (Array.isArray(given) ? given : [given]) as number[];
  const size = vr === "UL" ? 4 : 2,
    bytes = new Uint8Array(numbers.length * size),
    view = new DataView(bytes.buffer);
  numbers.forEach((number, i) =>
    size === 4 ? view.setUint32(4 * i, number, true) : view.setUint16(2 * i, number & 0xffff, true)
  );
  return bytes;
}

/** Elements one after the other. */
export function dataSet(elements: readonly Element[]): Uint8Array<ArrayBuffer> {
  return join(elements.map(([tag, vr, given]) => {
    const body = value(vr, given), long = longVrs.has(vr), head = new Uint8Array(long ? 12 : 8);
    const view = new DataView(head.buffer);
    view.setUint16(0, parseInt(tag.slice(0, 4), 16), true);
    view.setUint16(2, parseInt(tag.slice(4), 16), true);
    head.set(new TextEncoder().encode(vr), 4);
    if (long) view.setUint32(8, body.length, true);
    else view.setUint16(6, body.length, true);
    return join([head, body]);
  }));
}

/** A whole file: preamble, mark, meta group, data set. */
export function dicomFile(
  elements: readonly Element[],
  { uid = "1.2.840.10008.1.2.1", sop = "1.2.840.10008.5.1.4.1.1.1" } = {},
): Uint8Array<ArrayBuffer> {
  const meta = dataSet([["00020002", "UI", sop], ["00020010", "UI", uid]]);
  const length = dataSet([["00020000", "UL", meta.length]]);
  return join([new Uint8Array(128), new TextEncoder().encode("DICM"), length, meta, dataSet(elements)]);
}

/** A 3 x 2 film of 12 stored bits with values 0, 1000, ... 4000, 4095; `changes` replace or add elements, null removes. */
export function film(changes: Record<string, Element | null> = {}, options = {}): Uint8Array<ArrayBuffer> {
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
