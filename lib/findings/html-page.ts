import { xml } from "./junit";

/**
 * A page without external scripts, fonts or pictures: it can be kept as a pipeline's artefact and opened anywhere.
 *
 * @param parts of its body; empty ones are left out
 */
export function htmlPage(title: string, style: string, parts: readonly string[]): string {
  return [
    "<!doctype html>",
    '<html lang="en"><head><meta charset="utf-8">',
    // Whatever a foreign name or reason contains, the page runs nothing and loads nothing.
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${xml(title)}</title><style>${style}</style></head><body><main>`,
    ...parts,
    "</main></body></html>",
  ]
    .filter((part) => part !== "")
    .join("\n")
    .concat("\n");
}
