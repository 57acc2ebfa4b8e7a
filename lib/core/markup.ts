import { lowerCase } from "./spelling";

/**
 * The text of an HTML page: `instead` replaces its tags, and scripts and styles with all their content. One pass, whatever
 * the text holds.
 */
export function withoutMarkup(html: string, instead: string): string {
  const lower = lowerCase(html);
  let made = "";
  let at = 0;
  for (let open = html.indexOf("<"); open >= 0; open = html.indexOf("<", at)) {
    const hidden = /^<(script|style)\b/.exec(lower.slice(open, open + 8))?.[1];
    const closing = hidden === undefined ? open : lower.indexOf(`</${hidden}`, open);
    const end = closing < 0 ? -1 : html.indexOf(">", closing);
    made += html.slice(at, open) + instead;
    // An unterminated tag takes everything behind it.
    if (end < 0) return hidden === undefined ? made + html.slice(open + 1) : made;
    at = end + 1;
  }
  return made + html.slice(at);
}

/** Escapes a text that stands between the tags of XML or HTML. */
export function escapedText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Escapes the value of an attribute in double quotation marks. */
export function escapedAttribute(text: string): string {
  return escapedText(text).replaceAll('"', "&quot;");
}

/** Whether a text is HTML or XML: logins and proxies answer with a page, whatever was asked. */
export const isMarkup = (text: string): boolean => /^\s*</.test(text);
