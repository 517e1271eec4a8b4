/** An element of a WebM file: its id in hexadecimal, and its bytes or its children. */
export interface WebmElement {
  readonly id: string;
  /** Position of the content in the file. */
  readonly at: number;
  readonly bytes: Uint8Array;
  readonly children: readonly WebmElement[];
}

/** Ids of elements that contain others (RFC 9559). */
const MASTERS = [
  "1a45dfa3",
  "18538067",
  "1549a966",
  "1654ae6b",
  "ae",
  "e0",
  "1c53bb6b",
  "bb",
  "b7",
  "1f43b675",
  "a0",
];

/** Reads an EBML file (RFC 8794), with ids and sizes of any length. */
export function readWebm(file: Uint8Array, from = 0, to = file.length): WebmElement[] {
  const found: WebmElement[] = [];
  for (let at = from; at < to;) {
    const idLength = Math.clz32(file[at]) - 23;
    const id = file.subarray(at, at + idLength).toHex();
    at += idLength;
    const sizeLength = Math.clz32(file[at]) - 23;
    let size = file[at] & (0xff >> sizeLength);
    for (let k = 1; k < sizeLength; k++) size = size * 256 + file[at + k];
    at += sizeLength;
    if (at + size > to) throw new SyntaxError(`element ${id} ends beyond its parent`);
    const children = MASTERS.includes(id) ? readWebm(file, at, at + size) : [];
    found.push({ id, at, bytes: file.subarray(at, at + size), children });
    at += size;
  }
  return found;
}

/** All elements with an id below these, in order. */
export function everyOf(elements: readonly WebmElement[], id: string): WebmElement[] {
  return elements.flatMap((each) => [...(each.id === id ? [each] : []), ...everyOf(each.children, id)]);
}

/** An element's content as an integer. */
export function wholeOf({ bytes }: WebmElement): number {
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}
