/** How the picture is laid out in blocks (strips or tiles) and samples. */
export interface TiffLayout {
  little: boolean;
  columns: number;
  rows: number;
  /** Samples a pixel has within a block: 1 where planes lie apart. */
  blockChannels: number;
  bits: number;
  /** 1 unsigned, 2 signed, 3 floating point. */
  sampleFormat: number;
  predictor: number;
  compression: number;
  /** Bits of a byte run from low to high (FillOrder 2). */
  lowBitsFirst: boolean;
  blockColumns: number;
  blockRows: number;
}
