/**
 * Makes a mail's HTML safe to serve. A content policy keeps it from loading and running anything, but not from
 * connecting in advance, by `<link rel="preconnect">` or for a frame that the policy then refuses. Such a connection
 * would tell the sender that the mail is read.
 *
 * A start tag always begins with these letters, so none is missed, and the replacements are valid wherever they are: a
 * `<meta>`, empty like a link and harmless here, and a `srcdoc`, which a frame prefers to an address and whose first
 * occurrence counts.
 */
export function withoutConnections(html: string): string {
  return html.replace(/<(link|frame(?!set))/gi, "<meta").replace(/<iframe/gi, '<iframe srcdoc="" ');
}
