/** The address of the package's documentation on the web: its `homepage`. */
export const HOMEPAGE = "https://placeholder-until-published.example/cdktf-provider-outbound";

/**
 * Turns a page of this package (`docs/reference/rules/tls-required.md`) into a link that works from anywhere; returns a web
 * address unchanged.
 */
export function documentationUrl(page: string): string {
  const url = /^https?:/.test(page) && URL.canParse(page) ? new URL(page) : new URL(`${HOMEPAGE}/blob/main/${page}`);
  // Markdown would take these for the end of the link.
  return url.href.replace(/[()[\]|]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
