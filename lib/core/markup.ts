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
