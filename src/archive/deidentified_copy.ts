import { joinBytes } from "../array/join_bytes.ts";
import dicomParser from "dicom-parser";
import { SYNTHETIC_SOURCE } from "../image/synthetic_source.ts";
import { locateDataSet } from "../radiograph/dicom/locate_data_set.ts";
import { longVrs, mendVrs } from "../radiograph/dicom/mend_vrs.ts";
import { RadiographError } from "../radiograph/guard/radiograph_error.ts";
import { dicomUid } from "./dicom_uid.ts";

/**
 * Tags of the header attributes that are kept: UIDs of the film, modality, body part and view, whether it is synthetic
 * or has burnt-in text, and what is needed to read its pixels (colour tables too), spacing and sides.
 */
const KEPT = (
  "00080008 00080016 00080018 0008001c 00080060 00180015 00181164 00182010 00185101 0020000d 0020000e 00200020 00200037 00200060 00200062 " +
  "00280002 00280004 00280006 00280008 00280010 00280011 00280030 00280034 00280100 00280101 00280102 00280103 00280120 00280121 " +
  "00281101 00281102 00281103 00281201 00281202 00281203 00280301 00281050 00281051 00281052 00281053 00281056 00282110 20500020 60000100 60000102"
).split(" ");

/** Modality look-up table. Of its items only descriptor and data are kept, because its explanation is free text. */
const MODALITY_LUT = "00283000", LUT_VALUES = ["x00283002", "x00283006"];

/** A de-identified film with its hashed patient id. */
export interface DeidentifiedCopy {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Hashed patient id. */
  readonly patient: string;
  /** True if the header declares burnt-in text. */
  readonly burnedIn: boolean;
}

/**
 * Makes a copy of a DICOM film with the unchanged bytes of its pixels, about fifty technical attributes and a hashed
 * patient id. Names, dates, free text, private attributes and overlays outside the pixel data are removed. Text that is
 * burnt into the image is not removed.
 *
 * @param hash computes the hashed patient id from the archive's patient id, or from its StudyInstanceUID if the
 * film has no patient id
 * @throws {RadiographError} if the bytes are not DICOM, are damaged or incomplete, have an unsupported transfer syntax,
 * contain no image, or are an enhanced multi-frame object.
 */
export async function deidentifiedCopy(
  file: Uint8Array,
  hash: (patientId: string) => Promise<string>,
): Promise<DeidentifiedCopy> {
  const place = locateDataSet(file), { implicit, syntax } = place, little = !syntax.bigEndian;
  const bytes = implicit ? place.bytes : mendVrs(place.bytes, syntax);
  const TransferSyntaxUID = implicit
    ? "1.2.840.10008.1.2"
    : little
    ? "1.2.840.10008.1.2.1"
    : "1.2.840.10008.1.2.2";
  const set = parse(bytes, TransferSyntaxUID), pixels = set.elements.x7fe00010;
  if (!pixels || set.elements.x52009230) {
    throw new RadiographError(
      "Cannot copy the film: the DICOM object must contain an image and must not be an enhanced multi-frame object",
      {
        code: "no-pixels",
        fix: "Leave it in the archive, or export its image from there.",
      },
    );
  }
  const uid = (tag: string) => (set.string(tag) ?? "").replace(/\0/g, "").trim();
  const patient = await hash(uid("x00100020") || uid("x0020000d"));
  const write = (tag: string, vr: string, value: Uint8Array) => element({ tag, vr, value, implicit, little });
  const whole = (found: dicomParser.Element) =>
    bytes.subarray(startOf(found, implicit), found.dataOffset + found.length);
  const text = (tag: string, vr: string, value: string) =>
    write(tag, vr, padded(value, vr === "UI" ? 0 : 32));
  const parts = new Map<string, Uint8Array>([
    ["00100010", text("00100010", "PN", "")],
    ["00100020", text("00100020", "LO", patient)],
    ["00120062", text("00120062", "CS", "YES")],
    ["00120063", text("00120063", "LO", "Caput: technical attributes kept; id hashed")],
  ]);
  if (uid("x00080070") === SYNTHETIC_SOURCE) {
    parts.set("00080070", text("00080070", "LO", SYNTHETIC_SOURCE));
  }
  for (const tag of KEPT) {
    const found = set.elements[`x${tag}`];
    if (found) parts.set(tag, whole(found));
  }
  const lut = set.elements[`x${MODALITY_LUT}`];
  if (lut?.items) {
    const items = lut.items.map((item) => {
      const kept = LUT_VALUES.flatMap((tag) => item.dataSet?.elements[tag] ?? []);
      return sequenceItem(kept.map((each) => whole(each)), little);
    });
    parts.set(MODALITY_LUT, write(MODALITY_LUT, "SQ", joinBytes(items)));
  }
  parts.set("7fe00010", bytes.subarray(startOf(pixels, implicit), pixelsEnd(bytes, pixels, little)));
  const written = syntax.deflated || (implicit && syntax.coding === "native") ? TransferSyntaxUID : place.uid;
  const meta = metaGroup({ sopClass: uid("x00080016"), instance: uid("x00080018"), syntax: written });
  const sorted = [...parts].sort(([a], [b]) => a < b ? -1 : 1).map(([, part]) => part);
  return { bytes: joinBytes([meta, ...sorted]), patient, burnedIn: uid("x00280301").toUpperCase() === "YES" };
}

function parse(bytes: Uint8Array, TransferSyntaxUID: string): dicomParser.DataSet {
  try {
    return dicomParser.parseDicom(bytes, { TransferSyntaxUID, untilTag: "x7fe00010" });
  } catch (thrown) {
    throw new RadiographError("Cannot copy the film: its header is damaged", {
      code: "corrupt",
      fix: "Ask the archive's administrator to look at it.",
      cause: (thrown as { exception?: unknown }).exception ?? thrown,
    });
  }
}

function startOf({ vr, dataOffset }: dicomParser.Element, implicit: boolean): number {
  return dataOffset - (!implicit && vr !== undefined && longVrs.has(vr) ? 12 : 8);
}

/** Finds the end of the pixel data from its length or from the delimiter after its fragments. */
function pixelsEnd(bytes: Uint8Array, { dataOffset, length }: dicomParser.Element, little: boolean): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const fragments = length === 0xffffffff ||
    (dataOffset + 4 <= bytes.length && view.getUint32(dataOffset - 4, little) === 0xffffffff);
  if (!fragments) return checked(dataOffset + length);
  for (let at = dataOffset; at + 8 <= bytes.length;) {
    const tag = view.getUint16(at + 2, little), size = view.getUint32(at + 4, little);
    if (view.getUint16(at, little) !== 0xfffe) break;
    at += 8 + (tag === 0xe0dd ? 0 : size);
    if (tag === 0xe0dd) return at;
  }
  return checked(Infinity);

  function checked(end: number): number {
    if (end <= bytes.length) return end;
    throw new RadiographError("Cannot copy the film: its pixels end too early", {
      code: "truncated",
      fix: "Fetch it again.",
    });
  }
}

/** An item of a sequence, with its length (PS3.5 7.5). */
function sequenceItem(elements: readonly Uint8Array[], little: boolean): Uint8Array {
  const content = joinBytes(elements), header = new Uint8Array(8), view = new DataView(header.buffer);
  view.setUint16(0, 0xfffe, little);
  view.setUint16(2, 0xe000, little);
  view.setUint32(4, content.length, little);
  return joinBytes([header, content]);
}

function padded(text: string, pad: number): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return bytes.length % 2 === 0 ? bytes : Uint8Array.from([...bytes, pad]);
}

function element(
  { tag, vr, value, implicit, little }: {
    tag: string;
    vr: string;
    value: Uint8Array;
    implicit: boolean;
    little: boolean;
  },
): Uint8Array {
  const long = !implicit && longVrs.has(vr), out = new Uint8Array((long ? 12 : 8) + value.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, parseInt(tag.slice(0, 4), 16), little);
  view.setUint16(2, parseInt(tag.slice(4), 16), little);
  if (!implicit) out.set([vr.charCodeAt(0), vr.charCodeAt(1)], 4);
  if (implicit || long) view.setUint32(long ? 8 : 4, value.length, little);
  else view.setUint16(6, value.length, little);
  out.set(value, long ? 12 : 8);
  return out;
}

/** Preamble, `DICM` prefix and file meta information (PS3.10 7.1). */
function metaGroup(
  { sopClass, instance, syntax }: { sopClass: string; instance: string; syntax: string },
): Uint8Array {
  const write = (tag: string, vr: string, value: Uint8Array) =>
    element({ tag, vr, value, implicit: false, little: true });
  const group = joinBytes([
    write("00020001", "OB", Uint8Array.of(0, 1)),
    write("00020002", "UI", padded(sopClass, 0)),
    write("00020003", "UI", padded(instance, 0)),
    write("00020010", "UI", padded(syntax, 0)),
    write("00020012", "UI", padded(dicomUid("implementation"), 0)),
    write("00020013", "SH", padded("CAPUT", 32)),
  ]);
  const length = new Uint8Array(4);
  new DataView(length.buffer).setUint32(0, group.length, true);
  return joinBytes([
    new Uint8Array(128),
    new TextEncoder().encode("DICM"),
    write("00020000", "UL", length),
    group,
  ]);
}
