import { lowerCase } from "./spelling";

/** What HTML says: its tags, and scripts and styles with all that they hold, are replaced by `instead`. In one pass, whatever it holds. */
export function withoutMarkup(html: string, instead: string): string {
  const lower = lowerCase(html);
  let made = "";
  let at = 0;
  for (let open = html.indexOf("<"); open >= 0; open = html.indexOf("<", at)) {
    const hidden = /^<(script|style)\b/.exec(lower.slice(open, open + 8))?.[1];
    const closing = hidden === undefined ? open : lower.indexOf(`</${hidden}`, open);
    const end = closing < 0 ? -1 : html.indexOf(">", closing);
    made += html.slice(at, open) + instead;
    // A tag that does not end holds everything behind it.
    if (end < 0) return hidden === undefined ? made + html.slice(open + 1) : made;
    at = end + 1;
  }
  return made + html.slice(at);
}

/** Text between the tags of XML and HTML. */
export function escapedText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** The same for the value of an attribute, which stands in double quotation marks. */
export function escapedAttribute(text: string): string {
  return escapedText(text).replaceAll('"', "&quot;");
}

/** A page or another document of tags: logins and proxies answer with one, whatever was asked. */
export const isMarkup = (text: string): boolean => /^\s*</.test(text);
