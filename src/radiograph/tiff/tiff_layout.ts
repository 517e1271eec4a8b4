/** Layout of the image in blocks (strips or tiles) and samples. */
export interface TiffLayout {
  little: boolean;
  columns: number;
  rows: number;
  /** Samples per pixel within a block; 1 if planes are stored separately. */
  blockChannels: number;
  /** Bits per sample. */
  bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  sampleFormat: number;
  /** 1 none, 2 differences of neighbours, 3 floating point (TIFF 6.0 section 14; Adobe Technical Note 3). */
  predictor: number;
  /** Value of tag 259; 7 is JPEG, for the others see `unpackBlock`. */
  compression: number;
  /** Whether the bits of a byte are stored from low to high (FillOrder 2). */
  lowBitsFirst: boolean;
  blockColumns: number;
  blockRows: number;
}
