/** One file of a site: its name is its hash, so that a browser can keep it for ever. */
export interface SiteAsset {
  /** Below the page's own address. */
  readonly path: string;
  /** Of what comes out of the gzip. */
  readonly sha256: string;
  /** Bytes of what comes out. */
  readonly bytes: number;
  /** Bytes that travel. */
  readonly wireBytes: number;
}

/** In place of the data in the page of a static site: what there is to fetch. */
export interface SiteNote {
  readonly site: 1;
  /** By name: `data`, `pictures`, `wasm_worker`, `wasm`, `webgpu_worker`, `webgpu`, `codecs`, `score/FILE`, `map/FILE`. */
  readonly assets: Readonly<Record<string, SiteAsset>>;
}

/** Where a film is scored: WebAssembly or WebGPU. */
export type Engine = "wasm" | "webgpu";

/** Names of the files that scoring on one engine needs, the decoders of compressed DICOM included. */
export function filesFor(engine: Engine, { assets }: SiteNote): string[] {
  const models = Object.keys(assets).filter((name) => name.startsWith("score/") || name.startsWith("map/"));
  return [`${engine}_worker`, engine, "codecs", ...models];
}

/** What a page tells its worker. */
export type ToWorker =
  | {
    readonly kind: "open";
    readonly note: SiteNote;
    readonly base: string;
    readonly engine: Engine;
    /** Whether a slow graphics processor may be passed over. */
    readonly strict: boolean;
    readonly threads: number;
  }
  | {
    readonly kind: "score";
    readonly id: number;
    readonly name: string;
    readonly bytes: Uint8Array<ArrayBuffer>;
  };

/** What the worker tells the page. */
export type FromWorker =
  | { readonly kind: "fetched"; readonly bytes: number }
  | { readonly kind: "open"; readonly device: string; readonly reason: string; readonly threads: number }
  | { readonly kind: "failed"; readonly message: string }
  | { readonly kind: "stage"; readonly id: number; readonly stage: string }
  | { readonly kind: "scored"; readonly id: number; readonly score: object };
