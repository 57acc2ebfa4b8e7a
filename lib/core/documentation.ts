/** Where the documentation of the package stands on the web: its `homepage`. */
export const HOMEPAGE = "https://placeholder-until-published.example/cdktf-provider-outbound";

/** A page of this package (`docs/reference/rules/tls-required.md`) as a link that works from anywhere; an address on the web as it is. */
export function documentationUrl(page: string): string {
  const url = /^https?:/.test(page) && URL.canParse(page) ? new URL(page) : new URL(`${HOMEPAGE}/blob/main/${page}`);
  // What Markdown would take for the end of the link.
  return url.href.replace(/[()[\]|]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}
