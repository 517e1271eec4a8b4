/** One file of a site. The file's name is the start of its hash, so that browsers can cache it without a time limit. */
export interface SiteAsset {
  /** Path relative to the page's address. */
  readonly path: string;
  /** Hash of the unpacked content. */
  readonly sha256: string;
  /** Size of the unpacked content in bytes. */
  readonly bytes: number;
  /** Size of the compressed file in bytes. */
  readonly wireBytes: number;
}

/** The list of files to fetch; the page of a static site contains it instead of the data. */
export interface SiteNote {
  readonly site: 1;
  /**
   * Files by name: `data`, `pictures`, `wasm_worker`, `wasm`, `webgpu_worker`, `webgpu`, `codecs`, `score/FILE`,
   * `map/FILE` (only if the map was made with another encoder).
   */
  readonly assets: Readonly<Record<string, SiteAsset>>;
}

/** Engine that scores a film: WebAssembly or WebGPU. */
export type Engine = "wasm" | "webgpu";

/** Names of the files needed for scoring on an engine, including the decoders for compressed DICOM. */
export function filesFor(engine: Engine, { assets }: SiteNote): string[] {
  const models = Object.keys(assets).filter((name) => name.startsWith("score/") || name.startsWith("map/"));
  return [`${engine}_worker`, engine, "codecs", ...models];
}

/** Messages from the page to the scoring worker. */
export type ToWorker =
  | {
    readonly kind: "open";
    readonly note: SiteNote;
    readonly base: string;
    readonly engine: Engine;
    /** With WebGPU: use only the graphics processor (GPU), even if it is slower than the CPU. */
    readonly strict: boolean;
    readonly threads: number;
  }
  | {
    readonly kind: "score";
    readonly id: number;
    readonly name: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  };

/** Messages from the scoring worker to the page. */
export type FromWorker =
  | { readonly kind: "fetched"; readonly bytes: number }
  | { readonly kind: "open"; readonly device: string; readonly reason: string; readonly threads: number }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stage"; readonly id: number; readonly stage: string }
  | { readonly kind: "scored"; readonly id: number; readonly score: object };
