/** Tools with which an interactive output draws its figures. */
export interface DrawingTools {
  /** Document that creates the elements of a figure. */
  readonly document: Document;
  /** Renders the text of an `<svg>` to a PNG. */
  readonly png: (svg: string) => Uint8Array;
}

/** Interactive output of a notebook cell: HTML with its own script, without server or network. */
export interface Interactive {
  /** Type tag, the same for every object of this type. */
  readonly kind: "interactive";
  /** Description, for viewers that show only text. */
  readonly text: string;
  /** HTML of the output, with script and data. */
  readonly html: (tools: DrawingTools) => string;
}
