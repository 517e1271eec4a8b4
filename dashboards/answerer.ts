/** Creates a response with the server's security headers; `type` is the content type, by default plain text. */
export type Answer = (status: number, body: BodyInit, type?: string) => Response;

/**
 * Returns a function that creates responses that cannot be cached, shown in a frame or read by another origin.
 *
 * @param policy Content security policy.
 */
export function answerer(policy: string): Answer {
  const headers = {
    "content-security-policy": policy,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
  };
  return (status, body, type = "text/plain; charset=utf-8") =>
    new Response(body, { status, headers: { ...headers, "content-type": type } });
}
