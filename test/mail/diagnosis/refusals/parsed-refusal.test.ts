import {
  parseImapRefusal,
  parseRefusal,
  registeredAs,
  isTemporary,
} from "../../../../lib/mail/diagnosis/refusals/parsed-refusal";

describe("an enhanced code", () => {
  it.each([
    ["550 5.1.1 no", 550, "5.1.1"],
    ["535-5.7.8 no", 535, "5.7.8"],
    ["550 #5.1.0 no", 550, "5.1.0"],
    ["550 550 5.7.1 no", 550, "5.7.1"],
    ["550 [5.7.1] no", 550, "5.7.1"],
    ["550 no (#5.7.1)", 550, "5.7.1"],
    ["550 no (#5.7.1).", 550, "5.7.1"],
    ["5.7.1 no", undefined, "5.7.1"],
  ])("is found in %j", (line, code, enhanced) => {
    expect(parseRefusal([line], code)).toEqual({ ...(code !== undefined && { code }), enhanced, words: "no" });
  });

  it("is none where it is of another class than the reply, or a version, or in the middle", () => {
    for (const [line, code] of [
      ["450 5.1.1 no", 450],
      ["550 5.1.1-rc no", undefined],
      ["550 see 5.1.1 for more", 550],
    ] as const)
      expect(parseRefusal([line], code).enhanced).toBe(line.includes("-rc") ? "5.1.1" : undefined);
  });

  it("that was read elsewhere is believed, and the first of several lines is", () => {
    expect(parseRefusal(["550 5.1.1 no"], 550, "5.7.1").enhanced).toBe("5.7.1");
    expect(parseRefusal(["550-5.1.1 no", "550 5.2.2 mail"], 550)).toEqual({
      code: 550,
      enhanced: "5.1.1",
      words: "no mail",
    });
  });
});

it.each([
  ["a1 NO [AUTHENTICATIONFAILED] Invalid credentials", "AUTHENTICATIONFAILED", "invalid credentials"],
  ["NO [privacyrequired] no", "PRIVACYREQUIRED", "no"],
  ["* BYE [ALERT for all] closing", "ALERT", "closing"],
  ["BAD: no", undefined, "no"],
  ["[UNAVAILABLE] no", "UNAVAILABLE", "no"],
  ["[AUTHENTICATIONFAILED] No such user", "AUTHENTICATIONFAILED", "no such user"],
  ["NO No such user", undefined, "no such user"],
  ["NO Bad password", undefined, "bad password"],
  ["no1 NO bye", undefined, "bye"],
])("%j of an IMAP server is read", (line, response, words) => {
  expect(parseImapRefusal(line)).toEqual({ ...(response !== undefined && { response }), words });
});

it.each(["a1 OK done", "NOBODY", "nothing", "a b NO no"])("%j is no refusal of an IMAP server", (line) => {
  expect(parseImapRefusal(line)).toBeUndefined();
});

it("a registered code leaves the class open", () => {
  expect(registeredAs("5.7.8")).toBe("x.7.8");
});

it.each([
  [{ code: 450 }, true],
  [{ code: 550 }, false],
  [{ enhanced: "4.7.1" }, true],
  [{ enhanced: "5.7.1" }, false],
  [{ code: 550, enhanced: "4.7.1" }, false],
  [{}, undefined],
])("%j is temporary: %s", (said, temporary) => {
  expect(isTemporary(said)).toBe(temporary);
});
