/** Why a request is rejected. */
export interface Refusal {
  readonly status: 401 | 403 | 405 | 421;
  readonly reason: string;
}

/**
 * Rejects requests that do not come from this server's own page: another host name (DNS rebinding, 421), a method other
 * than GET, HEAD and POST (405), another origin or site, or POST without an origin (403), a missing or wrong token
 * (401). The page itself (`/`) needs no token and may be opened from a link on another site. A new token is made at
 * each start of the server. Returns null if the request is accepted.
 */
export function guardRequest(
  request: Request,
  { port, token }: { port: number; token: string },
): Refusal | null {
  const host = request.headers.get("host") ?? "";
  if (host !== `127.0.0.1:${port}` && host !== `localhost:${port}`) {
    return { status: 421, reason: "this server answers to 127.0.0.1 and localhost only" };
  }
  if (request.method !== "GET" && request.method !== "HEAD" && request.method !== "POST") {
    return { status: 405, reason: "only GET, HEAD and POST" };
  }
  const origin = request.headers.get("origin");
  if (origin !== null && origin !== `http://${host}`) return { status: 403, reason: "another origin" };
  if (request.method === "POST" && origin === null) return { status: 403, reason: "no origin" };
  const { pathname } = new URL(request.url);
  const site = request.headers.get("sec-fetch-site");
  const opened = pathname === "/" && request.method !== "POST" && site !== null &&
    request.headers.get("sec-fetch-mode") === "navigate";
  if (site !== null && site !== "same-origin" && site !== "none" && !opened) {
    return { status: 403, reason: "another site" };
  }
  if (pathname === "/" && request.method !== "POST") return null;
  if (!sameText(request.headers.get("x-token") ?? "", token)) {
    return { status: 401, reason: "wrong or missing token" };
  }
  return null;
}

/** Compares two texts in a time that does not depend on where they differ. */
function sameText(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i++) difference |= (a.charCodeAt(i) || 0) ^ b.charCodeAt(i);
  return difference === 0;
}
