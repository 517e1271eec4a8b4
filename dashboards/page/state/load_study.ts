import type { PageData } from "../../page_data.ts";
import type { ServedNote } from "../../page_html.ts";
import { fetchAsset } from "../../site/fetch_asset.ts";
import type { SiteNote } from "../../site/site_note.ts";
import { type PageStudy, pageStudy } from "./page_study.ts";

/** Connection of the page to its own server. */
export interface Server {
  /** Whether the server can score radiographs. */
  readonly scoring: boolean;
  /** Whether the server can make DICOM objects of the study's films. */
  readonly dicom: boolean;
  /**
   * Token that the server made when it started. A link that contains it works on this machine while the server runs.
   */
  readonly key: string;
  /** Sends a request with the token. */
  ask(path: string, init?: RequestInit): Promise<Response>;
}

/** A study, and the server or the site's files that score films for it. */
export interface Loaded {
  readonly study: PageStudy;
  /** Null in a page opened from disk or from a static site. */
  readonly server: Server | null;
  /** Files of a static site; null in other pages. */
  readonly site: SiteNote | null;
}

/** Loads the study from inside the page, from the page's own server, or from the files of a static site. */
export async function loadStudy(): Promise<Loaded> {
  const read = (id: string) => document.getElementById(id)!.textContent!;
  const block = JSON.parse(read("data")) as PageData | ServedNote | SiteNote;
  if ("site" in block) return { ...await fromSite(block), server: null, site: block };
  if (!("served" in block)) {
    return { study: pageStudy(block, () => read("pictures")), server: null, site: null };
  }
  const token = takeToken();
  if (!token) {
    throw new Error(
      "Cannot open the study: the address has no key. Use the whole address that the server printed.",
    );
  }
  const server: Server = {
    scoring: block.scoring,
    dicom: block.dicom,
    key: token,
    ask: (path, init = {}) => fetch(path, { ...init, headers: { ...init.headers, "x-token": token } }),
  };
  const [data, pictures] = await Promise.all(["/api/data", "/api/pictures"].map((path) => server.ask(path)));
  const refused = [data, pictures].find((answer) => !answer.ok);
  if (refused) {
    throw new Error(
      `The server answered ${refused.status}. It may have been restarted: open the address that it printed last.`,
    );
  }
  const text = await pictures.text();
  const fetchPicture = async (path: string) => {
    const answer = await server.ask(`/api/head/${path}`);
    if (!answer.ok) throw new Error(`The server has no image ${path}`);
    return await answer.blob();
  };
  return {
    study: pageStudy(await data.json() as PageData, () => text, { fetchPicture }),
    server,
    site: null,
  };
}

async function fromSite({ assets }: SiteNote): Promise<{ study: PageStudy }> {
  if (!globalThis.isSecureContext) {
    throw new Error(
      "Browsers allow scoring only on pages from https:// or from this machine. Open the page's https:// address.",
    );
  }
  const base = document.baseURI.split("#")[0];
  const [data, text] = await Promise.all(
    [assets.data, assets.pictures].map(async (asset) =>
      new TextDecoder().decode(await fetchAsset(asset, { base }))
    ),
  );
  return { study: pageStudy(JSON.parse(data) as PageData, () => text) };
}

/**
 * Returns the server's token and removes it from the address, where others could see it. After a reload and in further
 * tabs the token is read from the storage of this origin, which other sites cannot read. "Copy link" puts the token
 * back into the fragment, which browsers do not send to servers.
 */
function takeToken(): string {
  const fragment = new URLSearchParams(location.hash.slice(1));
  const token = fragment.get("token");
  if (!token) return localStorage.getItem("caput-token") ?? "";
  fragment.delete("token");
  localStorage.setItem("caput-token", token);
  history.replaceState(null, "", `${location.pathname}#${fragment}`);
  return token;
}
