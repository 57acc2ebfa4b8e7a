/** Every way in which a server may write down what it was told. */
export const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  "as it is": (secret) => secret,
  "with blanks collapsed": (secret) => secret.replace(/\s+/g, " "),
  "in capitals": (secret) => secret.toUpperCase(),
  "spaced out": (secret) => Array.from(secret).join(" "),
  "with invisible characters": (secret) => Array.from(secret).join("\u200b"),
  "as a form": (secret) => new URLSearchParams({ p: secret }).toString().slice(2),
  "in a URL": (secret) => encodeURIComponent(secret),
  "in a URL, all of it": (secret) => Buffer.from(secret).toString("hex").replace(/../g, "%$&"),
  "in HTML": (secret) => secret.replace(/[&<>"']/g, (one) => `&#${one.codePointAt(0)};`).replace(/\//g, "&#x2F;"),
  "in HTML by numbers": (secret) => Array.from(secret, (one) => `&#${one.codePointAt(0)};`).join(""),
  "in JSON": (secret) => JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
  "in JSON in JSON": (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  "in base64": (secret) => Buffer.from(secret).toString("base64"),
  "in base64url": (secret) => Buffer.from(`x:${secret}`).toString("base64url"),
  "in base64 behind a name": (secret) => Buffer.from(`me:${secret}`).toString("base64"),
  "in base64 twice": (secret) => Buffer.from(Buffer.from(secret).toString("base64")).toString("base64"),
  "in hexadecimal": (secret) => Buffer.from(secret).toString("hex"),
  "in quoted-printable": (secret) => Buffer.from(secret).toString("hex").toUpperCase().replace(/../g, "=$&"),
};

/** So much of a secret in one piece, however it is written, is too much. */
const PIECE = 14;
const MOST = 3;
const AROUND = 300;

/** Where the text has a piece of a secret, with what stands around it; at most a few. */
export function leaks(text: string, secrets: readonly string[]): string[] {
  const found: string[] = [];
  for (const secret of secrets) {
    for (const encode of Object.values(ENCODINGS)) {
      const at = pieceOf(encode(secret), secret.length, text);
      if (at !== undefined)
        found.push(`${text.slice(Math.max(0, at - AROUND), at)} <- HERE ${text.slice(at, at + AROUND)}`);
      if (found.length >= MOST) return found;
    }
  }
  return found;
}

/** Where the text has a piece of what is written. */
function pieceOf(written: string, letters: number, text: string): number | undefined {
  // An encoding of eight bytes is longer than the bytes.
  const length = Math.min(written.length, Math.max(PIECE, Math.ceil((written.length / letters) * 10)));
  // Wherever a piece begins, it holds one of these halves as a whole.
  const half = Math.ceil(length / 2);
  for (let from = 0; from + half <= written.length; from += half) {
    const needle = written.slice(from, from + half);
    for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
      let [before, after] = [0, half];
      while (from - before > 0 && at - before > 0 && text[at - before - 1] === written[from - before - 1]) before++;
      while (from + after < written.length && text[at + after] === written[from + after]) after++;
      if (before + after >= length) return at - before;
    }
  }
  return undefined;
}
