import type { Reply } from "./reply";

/** Postfix and most others say "queued as ID", Exim "id=ID", Sendmail "ID Message accepted". */
export function queueIdOf(reply: Reply): string | undefined {
  const { text } = reply;
  return (
    /queued as <?([\w.-]+)/i.exec(text)?.[1] ??
    /\bid=([\w.-]+)/i.exec(text)?.[1] ??
    /([\w.-]+) Message accepted/i.exec(text)?.[1]
  );
}
