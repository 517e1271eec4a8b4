import config from "../../../deno.json" with { type: "json" };

/** Version of Caput, as it stands in every record. */
export const CAPUT_VERSION: string = config.version;
