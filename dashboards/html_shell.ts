/** The icon of a page that has none. */
const NO_ICON = '<link rel="icon" href="data:,">';

/** What differs between the documents that {@linkcode htmlShell} writes. */
export interface HtmlShell {
  /** Content policy. */
  readonly policy: string;
  /** Themes that the style knows, as CSS names them. */
  readonly colorScheme: "light dark" | "dark";
  readonly title: string;
  /** Markup of the icon and other links. @default no icon */
  readonly links?: string;
  readonly style: string;
  /** Markup of the body. */
  readonly body: string;
}

/** A whole document with everything inside: the page and the film desk share this head. Nothing here is escaped. */
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
