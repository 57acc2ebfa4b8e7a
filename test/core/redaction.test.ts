import { expectLinear } from "../support/growth";
import { ENCODINGS } from "../support/secret-encodings";
import { canBeKeptSecret, MASK, Redactor } from "../../lib/core/redaction";

describe("a redactor", () => {
  const redactor = new Redactor();
  redactor.addCredentials("alerts", 'p"ss w/rd+1');

  it.each([
    ["as it is", 'x p"ss w/rd+1 y'],
    ["in JSON", JSON.stringify({ password: 'p"ss w/rd+1' })],
    ["in a URL", `https://h/?p=${encodeURIComponent('p"ss w/rd+1')}`],
    ["in base64", Buffer.from('p"ss w/rd+1').toString("base64")],
    ["in AUTH PLAIN", `AUTH PLAIN ${Buffer.from('\0alerts\0p"ss w/rd+1').toString("base64")}`],
    ["in HTTP Basic", `Basic ${Buffer.from('alerts:p"ss w/rd+1').toString("base64")}`],
  ])("masks what it was told, %s", (_form, text) => {
    const masked = redactor.redact(text);
    expect(masked).toContain("(redacted)");
    expect(masked).not.toMatch(/ss w|cCJzcy|cFwic3M|p%22ss/);
  });

  const SECRET = `p"s&s  w<r>d'+1\\/Zé`;
  const bytes = Buffer.from(SECRET);
  const numbered = (base: 10 | 16) =>
    Array.from(SECRET, (one) => `&#${base === 16 ? "x" : ""}${one.codePointAt(0)!.toString(base)};`).join("");
  it.each([
    ["in form encoding", new URLSearchParams({ p: SECRET }).toString().slice(2)],
    ["with blanks collapsed", SECRET.replace(/\s+/g, " ")],
    ["in upper case", SECRET.toUpperCase()],
    [
      "in HTML",
      SECRET.replace(/&/g, "&amp;")
        .replace(/</g, "&lt;")
        .replace(/>/g, "&gt;")
        .replace(/"/g, "&quot;")
        .replace(/'/g, "&#39;"),
    ],
    ["in HTML by numbers", numbered(10)],
    ["in HTML by hexadecimal numbers", numbered(16)],
    ["in JSON with escaped slashes", JSON.stringify(SECRET).slice(1, -1).replaceAll("/", "\\/")],
    ["in JSON in JSON", JSON.stringify(JSON.stringify(SECRET)).slice(3, -3)],
    ["with zero-width characters", Array.from(SECRET).join("\u200b")],
    ["in base64url", bytes.toString("base64url")],
    ["in hexadecimal", bytes.toString("hex")],
    [
      "in upper-case hexadecimal with colons",
      bytes
        .toString("hex")
        .toUpperCase()
        .replace(/..(?=.)/g, "$&:"),
    ],
    ["URL-encoded twice", encodeURIComponent(encodeURIComponent(SECRET))],
    ["cut off", `${SECRET.slice(0, 9)}…`],
    ...[0, 1, 2].map((n): [string, string] => [
      `in base64 at offset ${n}`,
      Buffer.concat([Buffer.from("user:".slice(0, n)), bytes, Buffer.from("tail")]).toString("base64"),
    ]),
  ])("masks a secret %s", (_form, text) => {
    const one = new Redactor();
    one.add(SECRET);
    expect(one.redact(`<${text}>`)).toMatch(/^<.{0,3}\(redacted\).{0,7}>$/);
  });

  // What stands in front of it makes an escape of its first letters, or it holds what looks like one.
  it.each(["deadbeef99", "41abcdef", "nimda-pass", "u0041-pass", "x41-pass-9", "p%41ss=42w&lt;", "a\\nb\\tc\\"])(
    "masks %s behind whatever character, as it is and encoded",
    (secret) => {
      const one = new Redactor();
      one.add(secret);
      for (const before of ["=", "%", "\\", "&", "&#", "+", "x", "\\\\", "%25", " "]) {
        for (const form of [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)]) {
          const masked = one.redact(`q ${before}${form} z`);
          expect({ before, form, masked }).toMatchObject({
            masked: expect.stringMatching(/^q .{0,3}\(redacted\).{0,3} z$/),
          });
        }
      }
    },
  );

  it("masks hexadecimal digits where they stand, behind letters whose small form is longer", () => {
    const one = new Redactor();
    one.add("abcd-secret");
    expect(one.redact(`\u0130\u0130 ${Buffer.from("abcd-secret").toString("hex")} tail`)).toBe(
      "\u0130\u0130 (redacted) tail",
    );
  });

  it("masks a secret however often it stands there", () => {
    const one = new Redactor();
    one.add("abcd-secret");
    expect(one.redact("abcd-secret ".repeat(200_000))).toBe("(redacted) ".repeat(200_000));
  });

  it("masks a secret broken by quoted-printable lines", () => {
    const one = new Redactor();
    one.add("long-pässword-of-mail");
    expect(one.redact("x long-p=C3=A4ss=\r\nword=2Dof-mail y")).toBe("x (redacted) y");
  });

  it.each(["a", "=41", "%25", "\\", "&#", "\u200b", " ", "…", "secret-1-a", "://a:", "ab:", "authorization "])(
    "takes time in proportion to a text of many %j",
    (part) => {
      const one = new Redactor();
      for (let at = 0; at < 20; at++) one.add(`secret-${at}-${"a".repeat(at * 10)}`);
      return expectLinear(3_000, (size) => one.redact(part.repeat(size)));
    },
  );

  const tokenOf = (length: number) =>
    Array.from({ length }, (_, at) => String.fromCharCode(97 + ((at * 7 + (at >> 3)) % 26))).join("");

  it.each([128, 190, 500])("masks a token of %s letters, and a piece of it wherever that begins", (length) => {
    const one = new Redactor();
    const token = tokenOf(length);
    one.add(token);
    expect(one.redact(`<${token}>`)).toBe("<(redacted)>");
    for (let at = 0; at + 64 <= length; at++) {
      expect([at, one.redact(`<${token.slice(at, at + 64)}>`)]).toEqual([at, "<(redacted)>"]);
    }
    expect(one.redact(token.slice(length / 2))).toBe("(redacted)");
  });

  it("masks a piece of its base64 that is long enough, wherever it begins, and no shorter one", () => {
    const one = new Redactor();
    const secret = "Xq7!mV2#pL9&zR4*-kT8(wN3)bH6-jD1_cF5";
    one.add(secret);
    const letters = Buffer.from(secret).toString("base64");
    for (let at = 0; at + 12 < letters.length; at++) {
      expect([at, one.redact(`x ${letters.slice(at, at + 12)} y`)]).toEqual([at, "x (redacted) y"]);
    }
    expect(one.redact(`x ${letters.slice(1, 12)} y`)).toBe(`x ${letters.slice(1, 12)} y`);
  });

  it.each(["", "a", "ab", "abc"])("masks a short one in base64 behind %j", (before) => {
    const short = new Redactor();
    short.add("pass1x");
    expect(short.redact(`x ${Buffer.from(`${before}pass1x-tail`).toString("base64")} y`)).toMatch(
      /^x .{0,4}\(redacted\).{0,7} y$/,
    );
  });

  it.each(["", "a", "ab", "abc"])("masks base64 of base64 behind the letters %j", (before) => {
    const short = new Redactor();
    short.add("pass1x");
    const twice = Buffer.from(Buffer.from("pass1x").toString("base64")).toString("base64");
    expect(short.redact(`x ${before}${twice} y`)).toBe("x (redacted) y");
  });

  it("masks one of four letters inside a longer word too, and encoded", () => {
    const short = new Redactor();
    short.add("pas1");
    const [base64, hex] = [Buffer.from("pas1").toString("base64"), Buffer.from("pas1").toString("hex")];
    expect(short.redact(`Xpas19 ${base64} ${hex}`)).toBe("X(redacted)9 (redacted) (redacted)");
  });

  it("masks a short one that was read with the blanks around it", () => {
    const short = new Redactor();
    short.add(" pw42\n");
    expect(short.redact("(pw42)")).toBe("((redacted))");
  });

  it.each(["hunter2\n secret", "hunter2=\nsecret", "hunter2=\r\nsecret", "hunt er2se cret"])(
    "masks one that was broken: %j",
    (broken) => {
      const one = new Redactor();
      one.add("hunter2secret");
      expect(one.redact(`it was ${broken}.`)).toBe("it was (redacted).");
    },
  );

  it("masks a password with an @ in a proxy's address", () =>
    expect(new Redactor().redact("http://me:p@ss@proxy:8080/")).toBe("http://me:(redacted)@proxy:8080/"));

  it("masks the longer of two secrets that begin alike", () => {
    const both = new Redactor();
    both.add("secret");
    both.add("secret-and-more");
    expect(both.redact("secret-and-more")).toBe("(redacted)");
  });

  it.each([
    ["Authorization: Bearer abc.def", "Authorization: Bearer (redacted)"],
    ['"X-Ovh-Signature":"$1$abcdef"', '"X-Ovh-Signature":"(redacted)"'],
    ["AUTH PLAIN AGFsZXJ0cwBzZWNyZXQ=", "AUTH PLAIN (redacted)"],
    ["client_id=me&client_secret=abc&scope=all", "client_id=me&client_secret=(redacted)&scope=all"],
    ["http://user:pass@proxy:8080/", "http://user:(redacted)@proxy:8080/"],
  ])("masks what is secret by its shape: %s", (line, masked) => {
    expect(new Redactor().redact(line)).toBe(masked);
  });

  it.each(["AUTH PLAIN LOGIN, STARTTLS", "250-AUTH LOGIN PLAIN", "https://host:8080/path@x", "a short pw"])(
    "leaves alone what only looks alike: %s",
    (line) => expect(new Redactor().redact(line)).toBe(line),
  );

  it.each(["true", "default", "STARTTLS", "587", "2525", "20260", "ab"])(
    "does not mask what systems and protocols say themselves, where it only stands beside secrets: %s",
    (word) => {
      const careless = new Redactor();
      careless.addOneOf(word);
      expect(careless.redact(`set to ${word}`)).toBe(`set to ${word}`);
    },
  );

  it("masks one that stands beside switches and ports", () => {
    const careful = new Redactor();
    for (const value of [null, undefined, "587", "hunter2secret"]) careful.addOneOf(value);
    expect(careful.redact("587 hunter2secret")).toBe("587 (redacted)");
  });

  it.each([null, undefined, "", "x", "Login", "STARTTLS"])("masks nothing for %j", (nothing) => {
    const redactor = new Redactor();
    redactor.add(nothing);
    expect(redactor.redact("AUTH LOGIN, x null STARTTLS")).toBe("AUTH LOGIN, x null STARTTLS");
    expect([redactor.longest, redactor.isIn("x null")]).toEqual([0, false]);
  });

  it("tells whether a text holds a secret, and how long the longest is", () => {
    const redactor = new Redactor();
    redactor.add("hunter2secret");
    redactor.add("pw42");
    expect(["it was HUNTER2secret", "it was pw", ""].map((text) => redactor.isIn(text))).toEqual([true, false, false]);
    expect(redactor.longest).toBe(13);
  });

  it.each(["\ufeff", "\u200b", "\u2060"])(
    "masks one that was copied with %j in front of it, which nobody sees",
    (mark) => {
      const redactor = new Redactor();
      redactor.add(`${mark}hunter2secret`);
      for (const text of [
        "it was hunter2secret",
        "hunter2secret",
        `it  was ${mark}hunter2secret`,
        `${mark}hunter2secret`,
      ]) {
        expect(redactor.redact(text)).toContain(MASK);
        expect(redactor.redact(text)).not.toContain("hunter2secret");
      }
    },
  );

  it("masks in a text that it has seen before what it has learnt since", () => {
    const redactor = new Redactor();
    redactor.add("hunter2secret");
    expect(redactor.redact("from one to another")).toBe("from one to another");
    redactor.add("another");
    expect(redactor.redact("from one to another")).toBe(`from one to ${MASK}`);
  });

  it("masks a number that is a secret, but not longer ones that hold it", () => {
    const pin = new Redactor();
    pin.add("1234");
    expect(pin.redact("pin=1234, port 12345, id 91234, %31%32%33%34")).toBe(
      "pin=(redacted), port 12345, id 91234, (redacted)",
    );
  });

  it("masks one whose capitals are other letters", () => {
    const sharp = new Redactor();
    sharp.add("Straße-ŉ-weiter");
    for (const said of ["Straße-ŉ-weiter", "STRASSE-ʼN-WEITER", encodeURIComponent("STRASSE-ʼN-WEITER")]) {
      expect(sharp.redact(`said: ${said}`)).toBe("said: (redacted)");
    }
  });

  describe("of a text that was cut", () => {
    const one = new Redactor();
    const long = "Xq7!mV2#pL9&zR4*kT8(wN3)bH6-jD1_cF5é+gS0=yA";
    one.add(long);
    const encodings: readonly (readonly [string, string])[] = [
      ["as it is", long],
      ["in a URL", encodeURIComponent(long)],
      ["in HTML", Array.from(long, (letter) => `&#${letter.codePointAt(0)};`).join("")],
      ["in JSON", Array.from(long, (letter) => `\\u00${Buffer.from(letter, "latin1").toString("hex")}`).join("")],
      ["in quoted-printable", Buffer.from(long).toString("hex").replace(/../g, "=$&")],
      ["in base64", Buffer.from(long).toString("base64")],
      ["in base64 behind a name", Buffer.from(`ab:${long}`).toString("base64")],
      ["in hexadecimal", Buffer.from(long).toString("hex")],
      ["spaced out", Array.from(long).join(" ")],
    ];

    /** Nothing of four characters of it, however they are written, is left. */
    const pieces = (written: string, width: number) =>
      Array.from({ length: Math.floor(written.length / width) - 4 }, (_, at) =>
        written.slice(at * width, (at + 5) * width),
      );
    const widthOf = (written: string) => Math.max(1, Math.ceil(written.length / long.length));

    it.each(encodings)("masks its beginning in front of the cut, %s, wherever that is", (_, written) => {
      for (let length = 1; length < written.length; length++) {
        const masked = one.redact(`said: ${written.slice(0, length)}…`);
        expect(pieces(written, widthOf(written)).filter((piece) => masked.includes(piece))).toEqual([]);
      }
    });

    it.each(encodings)(
      "leaves nothing of its beginning in front of the cut, not even half a character, %s",
      (name, written) => {
        const before = name === "in base64 behind a name" ? "YWI6" : "";
        for (const cut of ["…", "..."]) {
          for (let length = before.length + 1; length < written.length; length++) {
            const masked = one.redact(`said: ${written.slice(0, length)}${cut}`);
            expect([length, masked.replace(/(?:\(redacted\)[%=&\\ ]*)?(?:…|\.{3})$/, "")]).toEqual([
              length,
              expect.stringMatching(
                new RegExp(`^said:(?: ?${before.slice(0, -1)}(?:${before.slice(-1)})?)?[%=&\\\\]?$`),
              ),
            ]);
          }
        }
      },
    );

    // Base64 of an end is not the end of the base64.
    it.each(Object.entries(ENCODINGS).filter(([name]) => !/base64/.test(name)))(
      "leaves no whole character of its end behind the cut, %s",
      (_, encode) => {
        for (const cut of ["…", "… ", "..."]) {
          for (const letters of [1, 2, 3]) {
            const masked = one.redact(`said: ${cut}${encode(long.slice(-letters))}, and more`);
            expect([letters, masked]).toEqual([letters, `said: ${cut}, and more`]);
          }
        }
      },
    );

    it("leaves what stands behind dots in the middle of a line of a program as it is", () => {
      expect(one.redact("call(x...A, yA)")).toBe("call(x...A, yA)");
    });

    it("leaves dots in the middle of a line of a program as they are", () => {
      const code = `call(X...items, [...rest]); // Xq7...`;
      expect(one.redact(code)).toBe("call(X...items, [...rest]); // ...");
    });

    it.each([
      ["Xq7!", "(redacted)"],
      ["XqXq7!m", "Xq(redacted)"],
      ["Xq7!mXq7!mV", "Xq7!m(redacted)"],
      ["Xq7!mV2X", "(redacted)"],
    ])("finds its beginning in front of the cut behind what only begins alike: %s", (written, masked) => {
      expect(one.redact(`said: ${written}…`)).toBe(`said: ${masked}…`);
    });

    it("finds the beginning of one that repeats itself", () => {
      const repeating = new Redactor();
      repeating.add("abababc-secret");
      expect(repeating.redact("said: ababababc…")).toBe("said: ab(redacted)…");
    });

    it("keeps what stands between cuts and behind them, once", () => {
      for (const text of ["b… c… d … e", `b…${"c d ".repeat(40)}…e…f`]) expect(one.redact(text)).toBe(text);
    });

    it("leaves the mask whole beside a cut, whatever the secret begins and ends with", () => {
      const bracketed = new Redactor();
      bracketed.add(")abcdef(");
      expect(bracketed.redact("said: )abcdef(… more")).toBe("said: (redacted)… more");
      expect(bracketed.redact("said: …)abcdef( more")).toBe("said: …(redacted) more");
    });

    it("removes the beginning of one of four letters, and not of a shorter one", () => {
      const short = new Redactor();
      short.add("pas1");
      short.add("xyz");
      expect(short.redact("a pas…")).toBe("a …");
      expect(short.redact("a xy…")).toBe("a xy…");
    });

    it("changes nothing more when it redacts once more", () => {
      const eager = new Redactor();
      eager.add("eeelephant");
      expect(eager.redact("we agree…")).toBe("we agr…");
      expect(eager.redact(eager.redact("we agree…"))).toBe("we agr…");
    });

    it.each(encodings.slice(0, 1))("masks its end behind the cut, %s", (_, written) => {
      for (let length = 1; length < written.length; length++) {
        const masked = one.redact(`said: … ${written.slice(length)}, it said`);
        expect(pieces(written, 1).filter((piece) => masked.includes(piece))).toEqual([]);
      }
    });

    it("masks what is left of one that is longer than any line", () => {
      const token = tokenOf(110);
      const other = new Redactor();
      other.add(token);
      expect(other.redact(`${token.slice(0, 100)}…`)).toBe("(redacted)…");
    });
  });

  it.each([
    "p a s s 1",
    "p\ta\ts\ts\t1",
    "p\0a\0s\0s\x001",
    "p\u3164a\u3164s\u3164s\u31641",
    "cGFzczE",
    "Y0dGemN6RQ==",
  ])("masks a short one that somebody spread or encoded: %j", (written) => {
    const short = new Redactor();
    short.add("pass1");
    expect(short.redact(`said: ${written}`)).toMatch(/^said: .?\(redacted\)$/);
  });

  it("leaves alone words that only together look like a short one", () => {
    const short = new Redactor();
    short.add("heis1");
    expect(short.redact("there he is 1 of them")).toBe("there he is 1 of them");
  });

  it("masks what another one has learnt", () => {
    const [mine, theirs] = [new Redactor(), new Redactor()];
    mine.add("first-secret");
    theirs.add("second-secret");
    mine.redact("so that it is compiled");
    mine.include(theirs);
    expect(mine.redact("first-secret second-secret")).toBe("(redacted) (redacted)");
    expect(mine.redact("second-secret first-secret")).toBe("(redacted) (redacted)");
  });

  it("masks two or three letters where they are a word, and a single one never", () => {
    const careless = new Redactor();
    careless.add("abc");
    careless.add("pw");
    careless.add("x");
    expect(careless.redact("pw pwd")).toBe("(redacted) pwd");
    expect(careless.redact('abc dabchick "ABC" x, a%62c')).toBe('(redacted) dabchick "(redacted)" x, (redacted)');
    // What they are encoded as stands in many texts.
    expect(careless.redact("id 616263, YWJj")).toBe("id 616263, YWJj");
  });

  it.each([
    ["abcd", true],
    ["abc", false],
    ["12345", false],
    ["123456", true],
    ["default", false],
    ["Default1", true],
  ])("can keep %s out of messages: %s", (secret, can) => expect(canBeKeptSecret(secret)).toBe(can));
});
