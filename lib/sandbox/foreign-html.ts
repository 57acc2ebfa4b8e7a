/**
 * A mail's HTML as it may be served: a policy keeps it from loading and running anything, but not from connecting ahead
 * of time, by `<link rel="preconnect">` or for a frame that the policy then refuses. Such a connection would tell the
 * sender that the mail is read. A start tag always begins with these very letters, so nothing gets past; what stands in
 * their place may stand wherever they may:
 * a `<meta>`, as empty as a link and harmless here, and a document that is given, which a frame prefers to an address,
 * the first attribute of a name being the one that counts.
 */
export function withoutConnections(html: string): string {
  return html.replace(/<(link|frame(?!set))/gi, "<meta").replace(/<iframe/gi, '<iframe srcdoc="" ');
}
