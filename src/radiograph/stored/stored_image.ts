import type { Facing, Side, SpacingSource } from "../../types.ts";

/** Typed arrays that samples are stored in, by bits allocated and sign. */
export type Samples =
  | Uint8Array<ArrayBuffer>
  | Int8Array<ArrayBuffer>
  | Uint16Array<ArrayBuffer>
  | Int16Array<ArrayBuffer>
  | Uint32Array<ArrayBuffer>
  | Int32Array<ArrayBuffer>
  | Float32Array<ArrayBuffer>
  | Float64Array<ArrayBuffer>;

/** A look-up table of the modality or VOI kind (PS3.3 C.11.1.1.1, C.11.2.1.1). */
export interface LookUpTable {
  /** Input value that maps to the first entry. */
  readonly first: number;
  /** Bits of an entry. */
  readonly bits: number;
  /** Empty where the table is damaged. */
  readonly entries: Uint16Array;
}

/** A display window (PS3.3 C.11.2.1.2), still as text: it is judged only when used. */
export interface DisplayWindow {
  readonly center: string;
  readonly width: string;
}

/** From stored to modality to displayed values. Texts are judged when used, so that a header can be inspected. */
export interface ValueRules {
  readonly rescaleSlope: string | null;
  readonly rescaleIntercept: string | null;
  readonly modalityLut: LookUpTable | null;
  readonly windows: readonly DisplayWindow[];
  /** LINEAR, LINEAR_EXACT or SIGMOID. */
  readonly voiFunction: string;
  readonly voiLuts: readonly LookUpTable[];
  /** Small values are dense tissue: MONOCHROME1, PresentationLUTShape INVERSE or TIFF MinIsWhite. */
  readonly inverted: boolean;
  /** Stored values that mean "no image here", from lowest to highest, or null. */
  readonly paddingRange: readonly [number, number] | null;
}

/** What a header says of the picture beyond its samples. Nothing here can name a person. */
export interface FilmFacts {
  /** Pixel spacing in mm. */
  readonly pixelSpacingMm: readonly [number, number] | null;
  /** Where the pixel spacing was read. */
  readonly spacingSource: SpacingSource;
  /** Side in the header. */
  readonly headerSide: Side;
  /** From front or behind, by PatientOrientation (0020,0020). */
  readonly facing: Facing;
  /** The header says that the film is stored upside down or lying on its side, or shows the patient from the side. */
  readonly askew: boolean;
  /** Height over width of a pixel; 1 where nothing tells. */
  readonly pixelAspect: number;
  /** Words such as HIP, PELVIS, CHEST; "" where the header is silent. */
  readonly bodyPart: string;
  /** Words such as AP, LL; "" where the header is silent. */
  readonly viewPosition: string;
  /** CR, DX, ...; "" where the header is silent. */
  readonly modality: string;
  /** BurnedInAnnotation says YES. */
  readonly burnedIn: boolean;
  /** Pages of a TIFF, of which the first is read; 1 for every other format. */
  readonly pages: number;
}

/** Colours of stored values, from that of `first` on; values beyond the ends take the colour there. */
export interface Palette {
  readonly first: number;
  readonly red: Uint16Array;
  readonly green: Uint16Array;
  readonly blue: Uint16Array;
}

/** A file's picture as stored: before any transform, colour and every frame included. */
export interface StoredImage {
  readonly format: "dicom" | "png" | "tiff" | "jpeg";
  /** UID, or null for anything but DICOM. */
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
  /** Of a picture that is PALETTE COLOR; null where it is missing or damaged. @default {null} */
  readonly palette?: Palette | null;
  /** Codes of what is odd about the stored values; see {@linkcode valueRemarks}. @default {[]} */
  readonly remarks?: readonly string[];
}

/** Rules of a file that tells none: values are used as they are. */
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

/** Facts of a file that tells none. */
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
