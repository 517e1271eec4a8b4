import { SYNTHETIC_SOURCE } from "../../image/synthetic_source.ts";
import type { RenderedRadiograph } from "../film/render_radiograph.ts";

/** Computed Radiography Image Storage (PS3.6 table A-1): it fits imaging plates and requires no invented metadata. */
const CR_STORAGE = "1.2.840.10008.5.1.4.1.1.1";
const EXPLICIT_LITTLE = "1.2.840.10008.1.2.1";
/** Root of UIDs derived from a UUID (PS3.5 annex B.2). */
const UUID_ROOT = "2.25.";
/** Implementation Class UID of Caput. */
const IMPLEMENTATION = "2.25.106713370416131513107293283640513402";

type Element = readonly [
  group: number,
  element: number,
  vr: string,
  value: string | Uint8Array<ArrayBuffer> | number,
];

/** Options of the DICOM encoder. */
export interface DicomOptions {
  /** Text that identifies the film. The file's UIDs are derived from it, so the same film has the same UIDs. */
  readonly name: string;
}

/**
 * Writes a film as a DICOM file (PS3.10), Explicit VR Little Endian, Computed Radiography. Patient name and dates
 * stay empty; the patient identifier is that of the synthetic patient.
 */
export async function encodeDicom(
  film: RenderedRadiograph,
  { name }: DicomOptions,
): Promise<Uint8Array<ArrayBuffer>> {
  const { image, truth: { parameters: patient } } = film;
  const [study, series, instance] = await Promise.all(
    ["study", "series", "image"].map((part) => uid(`${name} ${part}`)),
  );
  const spacing = decimal(image.pixelSpacingMm);
  const wide = image.bitsStored > 8;
  const pixels = wide ? littleEndian(image.stored) : even(Uint8Array.from(image.stored));
  const set: Element[] = [
    [0x0008, 0x0008, "CS", "ORIGINAL\\PRIMARY"],
    [0x0008, 0x0016, "UI", CR_STORAGE],
    [0x0008, 0x0018, "UI", instance],
    [0x0008, 0x0020, "DA", ""],
    [0x0008, 0x0030, "TM", ""],
    [0x0008, 0x0050, "SH", ""],
    [0x0008, 0x0060, "CS", "CR"],
    [0x0008, 0x0070, "LO", SYNTHETIC_SOURCE],
    [0x0008, 0x0090, "PN", ""],
    [0x0008, 0x1090, "LO", "Synthetic radiograph"],
    [0x0010, 0x0010, "PN", ""],
    [0x0010, 0x0020, "LO", patient.id],
    [0x0010, 0x0030, "DA", ""],
    [0x0010, 0x0040, "CS", patient.sex],
    [0x0010, 0x1010, "AS", `${String(patient.age).padStart(3, "0")}Y`],
    [0x0018, 0x0015, "CS", patient.view.kind === "hip" ? "HIP" : "PELVIS"],
    [0x0018, 0x1164, "DS", `${spacing}\\${spacing}`],
    [0x0018, 0x5101, "CS", patient.view.mirrored ? "PA" : "AP"],
    [0x0020, 0x000d, "UI", study],
    [0x0020, 0x000e, "UI", series],
    [0x0020, 0x0010, "SH", ""],
    [0x0020, 0x0011, "IS", "1"],
    [0x0020, 0x0013, "IS", "1"],
    [0x0020, 0x0020, "CS", patient.view.mirrored ? "R\\F" : "L\\F"],
    ...laterality(film),
    [0x0028, 0x0002, "US", 1],
    [0x0028, 0x0004, "CS", image.photometric],
    [0x0028, 0x0010, "US", image.heightPx],
    [0x0028, 0x0011, "US", image.widthPx],
    [0x0028, 0x0100, "US", wide ? 16 : 8],
    [0x0028, 0x0101, "US", image.bitsStored],
    [0x0028, 0x0102, "US", image.bitsStored - 1],
    [0x0028, 0x0103, "US", 0],
    [0x7fe0, 0x0010, wide ? "OW" : "OB", pixels],
  ];
  const meta: Element[] = [
    [0x0002, 0x0001, "OB", Uint8Array.of(0, 1)],
    [0x0002, 0x0002, "UI", CR_STORAGE],
    [0x0002, 0x0003, "UI", instance],
    [0x0002, 0x0010, "UI", EXPLICIT_LITTLE],
    [0x0002, 0x0012, "UI", IMPLEMENTATION],
    [0x0002, 0x0013, "SH", "CAPUT"],
  ];
  const metaBytes = meta.map(encodeElement), metaLength = metaBytes.reduce((n, b) => n + b.length, 0);
  const head = encodeElement([0x0002, 0x0000, "UL", metaLength]);
  const preamble = new Uint8Array(132);
  preamble.set([0x44, 0x49, 0x43, 0x4d], 128);
  return join([preamble, head, ...metaBytes, ...set.map(encodeElement)]);
}

/** Image Laterality is required for paired body parts: a single hip needs it, a pelvis does not (PS3.3 C.7.3.1.1.1). */
function laterality({ truth: { parameters: { view } } }: RenderedRadiograph): Element[] {
  return view.kind === "hip" ? [[0x0020, 0x0062, "CS", view.hipSide === "left" ? "L" : "R"]] : [];
}

/** A UID: 2.25 and 128 bits of the text's SHA-256 (PS3.5 annex B.2). */
async function uid(text: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  let value = 0n;
  for (const byte of hash.subarray(0, 16)) value = value << 8n | BigInt(byte);
  return UUID_ROOT + value;
}

/** A decimal string holds 16 characters at most (PS3.5 table 6.2-1). */
const decimal = (value: number) => String(Number(value.toPrecision(8))).slice(0, 16);

/** One element, explicit VR (PS3.5 section 7.1.2); text is padded to even length. */
function encodeElement([group, element, vr, value]: Element): Uint8Array {
  let body: Uint8Array;
  if (typeof value === "number") {
    body = new Uint8Array(vr === "UL" ? 4 : 2);
    const view = new DataView(body.buffer);
    if (vr === "UL") view.setUint32(0, value, true);
    else view.setUint16(0, value, true);
  } else if (typeof value === "string") {
    const text = value.length % 2 ? value + (vr === "UI" ? "\0" : " ") : value;
    body = new TextEncoder().encode(text);
  } else body = value;
  const long = vr === "OB" || vr === "OW", out = new Uint8Array((long ? 12 : 8) + body.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, group, true);
  view.setUint16(2, element, true);
  out.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
  if (long) view.setUint32(8, body.length, true);
  else view.setUint16(6, body.length, true);
  out.set(body, long ? 12 : 8);
  return out;
}

function littleEndian(words: Uint16Array): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(words.length * 2);
  for (let i = 0; i < words.length; i++) out[2 * i] = words[i], out[2 * i + 1] = words[i] >> 8;
  return out;
}

function even(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length % 2 === 0) return bytes;
  const out = new Uint8Array(bytes.length + 1);
  out.set(bytes);
  return out;
}

function join(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) out.set(part, at), at += part.length;
  return out;
}
