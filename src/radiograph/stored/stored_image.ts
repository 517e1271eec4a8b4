import type { Facing, Side, SpacingSource } from "../../types.ts";

/** Typed arrays for samples: signed or unsigned integers, or floating point. */
export type Samples =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** A modality or VOI look-up table (PS3.3 C.11.1.1.1, C.11.2.1.1). */
export interface LookUpTable {
  /** Input value that maps to the first entry. */
  readonly first: number;
  /** Bits per entry. */
  readonly bits: number;
  /** Empty if the table is damaged. */
  readonly entries: Uint16Array;
}

/** A display window (PS3.3 C.11.2.1.2), as text. It is validated only when used. */
export interface DisplayWindow {
  readonly center: string;
  readonly width: string;
}

/**
 * Transforms from stored to modality to displayed values. Texts are validated when used, so that an invalid header
 * can still be inspected.
 */
export interface ValueRules {
  readonly rescaleSlope: string | null;
  readonly rescaleIntercept: string | null;
  readonly modalityLut: LookUpTable | null;
  readonly windows: readonly DisplayWindow[];
  /** VOILUTFunction (0028,1056): LINEAR, LINEAR_EXACT or SIGMOID; other text is an error only when used. */
  readonly voiFunction: string;
  readonly voiLuts: readonly LookUpTable[];
  /** Whether small values are dense tissue: MONOCHROME1, PresentationLUTShape INVERSE or TIFF MinIsWhite. */
  readonly inverted: boolean;
  /** Lowest and highest stored value that mark padding (no image content), or null. */
  readonly paddingRange: readonly [number, number] | null;
}

/** Technical facts about the image from the header. Nothing here can identify a person. */
export interface FilmFacts {
  /** Pixel spacing in mm, [between rows, between columns]; null if unknown. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Header field that the pixel spacing was read from. */
  readonly spacingSource: SpacingSource;
  /** The patient's side in the header. */
  readonly headerSide: Side;
  /** Whether the film is seen from the front or from behind, according to the orientation in the header. */
  readonly facing: Facing;
  /** Whether the header says that the film is stored upside down or rotated, or shows the patient from the side. */
  readonly askew: boolean;
  /** Height over width of a pixel; 1 if unknown. */
  readonly pixelAspect: number;
  /** A code such as HIP, PELVIS, CHEST; "" if missing or unknown. */
  readonly bodyPart: string;
  /** A code such as AP, LL; "" if missing or unknown. */
  readonly viewPosition: string;
  /** A code such as CR, DX; "" if missing or unknown. */
  readonly modality: string;
  /** Whether BurnedInAnnotation is YES. */
  readonly burnedIn: boolean;
  /** Number of pages of a TIFF; only the first is read. 1 for other formats. */
  readonly pages: number;
}

/** Colours of stored values, starting at the value `first`. Values outside the table take its first or last colour. */
export interface Palette {
  readonly first: number;
  readonly red: Uint16Array;
  readonly green: Uint16Array;
  readonly blue: Uint16Array;
}

/** The image as stored in a file, before any transform, including colour and all frames. */
export interface StoredImage {
  readonly format: "dicom" | "png" | "tiff" | "jpeg";
  /** Transfer syntax UID, or null if the file is not DICOM. */
  readonly transferSyntax: string | null;
  readonly rows: number;
  readonly columns: number;
  readonly frames: number;
  readonly samplesPerPixel: number;
  readonly bitsStored: number;
  readonly signed: boolean;
  readonly photometric: string;
  readonly samples: Samples; // [frames, rows, columns, samplesPerPixel]
  readonly rules: ValueRules;
  readonly facts: FilmFacts;
  /** Palette of a PALETTE COLOR image; null if it is missing or damaged. @default {null} */
  readonly palette?: Palette | null;
  /** Codes such as `synthetic` or `bits-stored`; see `valueRemarks` in `dicom/value_remarks.ts`. @default {[]} */
  readonly remarks?: readonly string[];
}

/** Rules of a file that specifies none: values are used unchanged. */
export const plainRules: ValueRules = {
  rescaleSlope: null,
  rescaleIntercept: null,
  modalityLut: null,
  windows: [],
  voiFunction: "LINEAR",
  voiLuts: [],
  inverted: false,
  paddingRange: null,
};

/** Facts of a file that provides none. */
export const noFacts: FilmFacts = {
  pixelSpacingMm: null,
  spacingSource: "none",
  headerSide: "unknown",
  facing: "unknown",
  askew: false,
  pixelAspect: 1,
  bodyPart: "",
  viewPosition: "",
  modality: "",
  burnedIn: false,
  pages: 1,
};
