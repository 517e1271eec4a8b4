import { RadiographError } from "../guard/radiograph_error.ts";

/** How pixel data are encoded. */
export type PixelCoding =
  | "native"
  | "rle"
  | "jpeg"
  | "jpeg-ls"
  | "jpeg-2000"
  | "htj2k"
  | "deflated-frame"
  | "raw-frame";

/** A transfer syntax (PS3.6 annex A): encoding of the data set and its pixel data. */
export interface TransferSyntax {
  readonly name: string;
  readonly coding: PixelCoding;
  readonly bigEndian?: boolean;
  readonly implicit?: boolean;
  readonly deflated?: boolean;
}

const known: Readonly<Record<string, TransferSyntax>> = {
  "1.2.840.10008.1.2": { name: "Implicit VR Little Endian", coding: "native", implicit: true },
  "1.2.840.10008.1.2.1": { name: "Explicit VR Little Endian", coding: "native" },
  "1.2.840.10008.1.2.1.98": {
    name: "Encapsulated Uncompressed Explicit VR Little Endian",
    coding: "raw-frame",
  },
  "1.2.840.10008.1.2.1.99": { name: "Deflated Explicit VR Little Endian", coding: "native", deflated: true },
  "1.2.840.10008.1.2.2": { name: "Explicit VR Big Endian", coding: "native", bigEndian: true },
  "1.2.840.10008.1.2.5": { name: "RLE Lossless", coding: "rle" },
  "1.2.840.10008.1.2.8.1": { name: "Deflated Image Frame Compression", coding: "deflated-frame" },
  "1.2.840.10008.1.2.4.50": { name: "JPEG Baseline (Process 1)", coding: "jpeg" },
  "1.2.840.10008.1.2.4.51": { name: "JPEG Extended (Process 2 & 4)", coding: "jpeg" },
  "1.2.840.10008.1.2.4.53": { name: "JPEG Spectral Selection (Process 6 & 8)", coding: "jpeg" },
  "1.2.840.10008.1.2.4.55": { name: "JPEG Full Progression (Process 10 & 12)", coding: "jpeg" },
  "1.2.840.10008.1.2.4.57": { name: "JPEG Lossless (Process 14)", coding: "jpeg" },
  "1.2.840.10008.1.2.4.70": { name: "JPEG Lossless SV1 (Process 14)", coding: "jpeg" },
  "1.2.840.10008.1.2.4.80": { name: "JPEG-LS Lossless", coding: "jpeg-ls" },
  "1.2.840.10008.1.2.4.81": { name: "JPEG-LS Near-lossless", coding: "jpeg-ls" },
  "1.2.840.10008.1.2.4.90": { name: "JPEG 2000 (Lossless Only)", coding: "jpeg-2000" },
  "1.2.840.10008.1.2.4.91": { name: "JPEG 2000", coding: "jpeg-2000" },
  "1.2.840.10008.1.2.4.201": { name: "High-Throughput JPEG 2000 (Lossless Only)", coding: "htj2k" },
  "1.2.840.10008.1.2.4.202": { name: "High-Throughput JPEG 2000 (RPCL, Lossless Only)", coding: "htj2k" },
  "1.2.840.10008.1.2.4.203": { name: "High-Throughput JPEG 2000", coding: "htj2k" },
};

/**
 * Looks up a transfer syntax.
 *
 * @throws {RadiographError} `unsupported-transfer-syntax`, with the UID and, unless it is a video, a command that
 * converts the file.
 */
export function transferSyntax(uid: string): TransferSyntax {
  const found = Object.hasOwn(known, uid) ? known[uid] : undefined;
  if (found) return found;
  const printable = /^[0-9.]{1,64}$/.test(uid) ? uid : "a damaged UID";
  throw new RadiographError(`Cannot decode the pixels: transfer syntax ${printable} is not supported`, {
    code: "unsupported-transfer-syntax",
    fix: /^1\.2\.840\.10008\.1\.2\.4\.10\d/.test(uid)
      ? "This is a video; export a single image."
      : "Convert the film to an uncompressed one: gdcmconv --raw IN.dcm OUT.dcm",
  });
}
