/** Empty icon, for pages without one. */
const NO_ICON = '<link rel="icon" href="data:,">';

/** Options of {@linkcode htmlShell}. */
export interface HtmlShell {
  /** Content security policy. */
  readonly policy: string;
  /** Colour schemes that the style sheet supports, as in CSS `color-scheme`. */
  readonly colorScheme: "light dark" | "dark";
  readonly title: string;
  /** Markup of the icon and other links. @default no icon */
  readonly links?: string;
  readonly style: string;
  /** Markup of the body. */
  readonly body: string;
}

/**
 * A complete, self-contained HTML document, for the page of a study and for the desk (the page for correcting
 * outlines). The parts are inserted without escaping.
 */
export function htmlShell(
  { policy, colorScheme, title, links = NO_ICON, style, body }: HtmlShell,
): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="${colorScheme}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
${links}
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
