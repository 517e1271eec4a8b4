/** Layout of the image in blocks (strips or tiles) and samples. */
export interface TiffLayout {
  little: boolean;
  columns: number;
  rows: number;
  /** Samples per pixel within a block; 1 if planes are stored separately. */
  blockChannels: number;
  bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  sampleFormat: number;
  predictor: number;
  compression: number;
  /** Whether the bits of a byte are stored from low to high (FillOrder 2). */
  lowBitsFirst: boolean;
  blockColumns: number;
  blockRows: number;
}
