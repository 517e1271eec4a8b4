import config from "../../../deno.json" with { type: "json" };

/** Version of Caput from `deno.json`. */
export const CAPUT_VERSION: string = config.version;

/** The program versions that a result was computed with. */
export interface SoftwareVersions {
  /** Version of Caput. */
  readonly caput: string;
  /** Version of Deno. */
  readonly deno: string;
  /** Pinned version of every npm library, by name. */
  readonly libraries: Readonly<Record<string, string>>;
}

/** Versions of Caput, Deno and the pinned npm libraries. */
export function softwareVersions(): SoftwareVersions {
  const libraries: Record<string, string> = {};
  for (const address of Object.values(config.imports).sort()) {
    const [, name, version] = /^npm:(.+)@([^@]+)$/.exec(address) ?? [];
    if (name) libraries[name] = version;
  }
  return { caput: CAPUT_VERSION, deno: Deno.version.deno, libraries };
}
