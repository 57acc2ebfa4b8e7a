import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth/lib/dkim/sign";
import type { Zone } from "../../support/name-server";
import { judged, rsaKey, signedMessage } from "../../support/sender-zone";
import { expectLinear } from "../../support/growth";

const key = rsaKey();
const other = rsaKey();
const NAME = "alerts._domainkey.example.com";
const published = (record: string, others: Zone = {}): Zone => ({ [NAME]: { TXT: [record] }, ...others });
const ours = { domain: "example.com", selector: "alerts", privateKey: key.privateKey };

let raw: Buffer;
beforeAll(async () => {
  raw = await signedMessage(ours);
});

const edited = (from: string | RegExp, to: string, message = raw) => {
  const text = message.toString("latin1");
  const changed = text.replace(from, to);
  expect(changed).not.toBe(text);
  return Buffer.from(changed, "latin1");
};

/** Signed by mailauth, which can do what nodemailer cannot. */
async function signed(options: Record<string, unknown>, message?: Buffer): Promise<Buffer> {
  const plain = message ?? (await signedMessage());
  // Without a time it looks at the clock twice, and signs another second than it writes down.
  const { headerList, signTime = new Date(), expires, ...signature } = options;
  const signer = { signingDomain: "example.com", selector: "alerts", privateKey: key.privateKey, ...signature };
  // Its types promise that one signer may stand beside the other options; only a list of them is taken.
  const all = { headerList, signTime, expires, canonicalization: "relaxed/relaxed", signatureData: [signer] };
  const { signatures, errors } = await dkimSign(plain, all as never);
  expect(errors).toEqual([]);
  return Buffer.concat([Buffer.from(signatures), plain]);
}

describe("a message that arrived", () => {
  it("verifies what another software signed", async () => {
    const { DKIM } = await judged(published(key.record), { raw, require: ["dkim"] });
    expect(DKIM).toMatchObject({ status: "passed" });
    expect(DKIM.detail).toBe("example.com (selector alerts, rsa-sha256): pass, aligned");
  });

  it("verifies it with line feeds only, as some mailboxes hand messages out", async () => {
    const { DKIM } = await judged(published(key.record), { raw: edited(/\r\n/g, "\n") });
    expect(DKIM.status).toBe("passed");
  });

  it.each<[string, () => Buffer | Promise<Buffer>, Zone, string, RegExp, RegExp]>([
    [
      "no signature",
      () => signedMessage(),
      {},
      "dkim-unsigned",
      /^no signature/,
      /Turn on DKIM signing for example\.com/,
    ],
    [
      "a changed body",
      () => edited("db-1", "db-2"),
      published(key.record),
      "dkim-body-changed",
      /body hash/,
      /footers/,
    ],
    [
      "a changed subject",
      () => edited("Disk full", "Disk fine"),
      published(key.record),
      "dkim-bad-signature",
      /does not match head and key/,
      /published at alerts\._domainkey\.example\.com/,
    ],
    [
      "the wrong key",
      () => raw,
      published(other.record),
      "dkim-bad-signature",
      /fail/,
      /Compare the signer's private key/,
    ],
    [
      "no key",
      () => raw,
      {},
      "dkim-key-missing",
      /no key is published/,
      /Publish the public key .* at alerts\._domainkey\.example\.com/,
    ],
    [
      "a revoked key",
      () => raw,
      published("v=DKIM1; k=rsa; p="),
      "dkim-key-revoked",
      /p= is empty/,
      /selector whose key is published/,
    ],
    [
      "a key that is not Base64",
      () => raw,
      published("v=DKIM1; p=%%%"),
      "dkim-key-unusable",
      /not Base64/,
      /Publish it anew/,
    ],
    [
      "a key of another type",
      () => raw,
      published(key.record.replace("k=rsa", "k=dsa")),
      "dkim-key-unusable",
      /k=dsa/,
      /anew/,
    ],
    [
      "half a key",
      () => raw,
      published(key.record.slice(0, 200)),
      "dkim-key-unusable",
      /holds no rsa key/,
      /whole public key/,
    ],
    [
      "a key for other services",
      () => raw,
      published(`${key.record}; s=tlsrpt`),
      "dkim-key-unusable",
      /s= leaves e-mail out/,
      /anew/,
    ],
    [
      "no From among the signed fields",
      () => signed({ headerList: "to:subject" }),
      published(key.record),
      "dkim-from-not-signed",
      /leaves From out/,
      /Add From/,
    ],
    [
      "sha1",
      () => signed({ algorithm: "rsa-sha1" }),
      published(key.record),
      "dkim-weak-algorithm",
      /rsa-sha1/,
      /rsa-sha256/,
    ],
    [
      "an expired signature",
      () => signed({ signTime: "2026-01-01T00:00:00Z", expires: "2026-01-02T00:00:00Z" }),
      published(key.record),
      "dkim-expired",
      /until 2026-01-02 00:00 UTC/,
      /longer life/,
    ],
    [
      "a body signed in part",
      async () => Buffer.concat([await signed({ maxBodyLength: 10 }), Buffer.from("and an advertisement\r\n")]),
      published(key.record),
      "dkim-body-partly-signed",
      /l=10 leaves \d+ of \d+ bytes unsigned/,
      /length tag \(l=\) off/,
    ],
    [
      "a body cut short",
      async () => edited("See to it.\r\n", "", await signed({ maxBodyLength: 38 })),
      published(key.record),
      "dkim-body-changed",
      /l=38, and the body has 27 bytes/,
      /footers/,
    ],
    [
      "an identity of somebody else",
      () => edited("d=example.com;", "d=example.com; i=@example.net;"),
      published(key.record),
      "dkim-unreadable",
      /i= does not belong/,
      /settings/,
    ],
    [
      "a version nobody knows",
      () => edited("v=1;", "v=2;"),
      published(key.record),
      "dkim-unreadable",
      /v=1/,
      /settings/,
    ],
    [
      "a date beyond all calendars",
      () => edited("v=1;", "v=1; t=99999999999999999;"),
      published(key.record),
      "dkim-unreadable",
      /t= is not a number/,
      /settings/,
    ],
    [
      "a signature without a domain",
      () => edited(" d=example.com;", ""),
      published(key.record),
      "dkim-unreadable",
      /it has no d=/,
      /settings/,
    ],
  ])("fails of %s", async (_, message, zone, code, detail, remedy) => {
    const request = { raw: await message() };
    const { DKIM } = await judged(zone, request);
    expect(DKIM).toMatchObject({ status: "warning", problem: { code: `mail/${code}`, severity: "warning" } });
    expect(DKIM.detail).toMatch(detail);
    expect(DKIM.remedy).toMatch(remedy);
    expect((await judged(zone, { ...request, require: ["dkim"] })).DKIM).toMatchObject({
      status: "failed",
      problem: { code: `mail/${code}`, severity: "error" },
    });
  });

  it("takes an RSA key of 1024 bits, and none that is shorter", async () => {
    const short = rsaKey(768);
    const message = await signedMessage({ ...ours, privateKey: short.privateKey });
    const { DKIM } = await judged(published(short.record), { raw: message });
    expect(DKIM.problem?.code).toBe("mail/dkim-key-short");
    expect(DKIM.detail).toMatch(/the key has 768 bits/);
    const just = rsaKey(1024);
    const accepted = await signedMessage({ ...ours, privateKey: just.privateKey });
    const required = { raw: accepted, require: ["dkim"] } as const;
    expect((await judged(published(just.record), required)).DKIM).toMatchObject({
      status: "warning",
      problem: { code: "mail/dkim-key-weak" },
    });
    expect((await judged(published(just.record), { selectors: ["alerts"] })).DKIM.problem!.code).toBe(
      "mail/dkim-key-weak",
    );
  });

  it("verifies a length tag that covers the whole body", async () => {
    const { DKIM } = await judged(published(key.record), { raw: await signed({ maxBodyLength: 39 }) });
    expect(DKIM.detail).toMatch(/pass, aligned$/);
  });

  it.each(["simple/simple", "simple/relaxed", "relaxed/simple"])("verifies the canonicalization %s", async (form) => {
    const { DKIM } = await judged(published(key.record), { raw: await signed({ canonicalization: form }) });
    expect(DKIM.status).toBe("passed");
  });

  it("verifies Ed25519, published as the bare key", async () => {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const bare = publicKey.export({ type: "spki", format: "der" }).subarray(-32).toString("base64");
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    const message = await signed({ algorithm: "ed25519-sha256", privateKey: pem });
    const zone = published(`v=DKIM1; k=ed25519; p=${bare}`);
    const { DKIM } = await judged(zone, { raw: message });
    expect(DKIM.detail).toBe("example.com (selector alerts, ed25519-sha256): pass, aligned");
    // Large receivers do not look at it, so that it should not be the only one.
    expect(DKIM).toMatchObject({ status: "warning", problem: { code: "mail/dkim-only-ed25519" } });
    const keys = await judged(zone, { selectors: ["alerts"] });
    expect(keys.DKIM.detail).toMatch(/ed25519 key of 256 bits/);
    expect(keys.DKIM.problem!.code).toBe("mail/dkim-only-ed25519");
  });

  it("does not count the signature of a relay, and says whose it is", async () => {
    const message = await signedMessage({ ...ours, domain: "relay.example.net" });
    const zone = { "alerts._domainkey.relay.example.net": { TXT: [key.record] } };
    const { DKIM } = await judged(zone, { raw: message });
    expect(DKIM).toMatchObject({ status: "warning", problem: { code: "mail/dkim-not-aligned" } });
    expect(DKIM.detail).toMatch(/relay\.example\.net .*: pass, not aligned/);
    expect(DKIM.remedy).toMatch(/sign with a key of example\.com/);
  });

  it("counts a signature of the same organization, unless the policy is strict", async () => {
    const message = await signedMessage({ ...ours, domain: "mail.example.com" });
    const zone: Zone = { "alerts._domainkey.mail.example.com": { TXT: [key.record] } };
    expect((await judged(zone, { raw: message })).DKIM.status).toBe("passed");
    const strict = { ...zone, "_dmarc.example.com": { TXT: ["v=DMARC1; p=none; adkim=s"] } };
    const { DKIM } = await judged(strict, { raw: message });
    expect(DKIM.problem).toMatchObject({ code: "mail/dkim-not-aligned", summary: expect.stringMatching(/strict/) });
  });

  it("is content with one good signature of two, and shows both", async () => {
    const message = await signedMessage(ours, { ...ours, selector: "old", privateKey: other.privateKey });
    const { DKIM } = await judged(published(key.record), { raw: message, require: ["dkim"] });
    expect(DKIM.status).toBe("passed");
    expect(DKIM.detail).toMatch(/selector alerts, rsa-sha256\): pass, aligned/);
    expect(DKIM.detail).toMatch(/selector old, rsa-sha256\): fail: no key is published, aligned/);
  });

  it("repairs the signature that would have counted, when several fail", async () => {
    const message = await signedMessage({ ...ours, domain: "relay.example.net", selector: "r" }, ours);
    const { DKIM } = await judged({}, { raw: message });
    expect(DKIM.remedy).toContain(NAME);
  });

  it("leaves the chain that others sealed (ARC) alone, which mailauth would stumble over", async () => {
    const common = "i=1; a=rsa-sha256; d=example.net; s=arc; t=99999999999999; b=eA==";
    const chain = [
      `ARC-Seal: ${common}; cv=none`,
      `ARC-Message-Signature: ${common}; c=relaxed/relaxed; h=from; bh=eA==`,
      "ARC-Authentication-Results: i=1; mx.example.net; none",
    ];
    const message = Buffer.concat([Buffer.from(`${chain.join("\r\n")}\r\n`), raw]);
    expect((await judged(published(key.record), { raw: message })).DKIM.status).toBe("passed");
  });

  it.each([
    [
      "a signature in every line",
      () => Buffer.concat([Buffer.from("DKIM-Signature: v=1\r\n".repeat(20)), raw]),
      /21 signatures/,
    ],
    [
      "a head without end",
      () => Buffer.concat([Buffer.from(`X: ${"y".repeat(200_000)}\r\n`), raw]),
      /head of the message/,
    ],
    ["a head of many lines", () => Buffer.concat([Buffer.from(`X: ${"\r\n z".repeat(6_000)}\r\n`), raw]), /lines/],
    ["a body without end", () => Buffer.concat([raw, Buffer.alloc(3_000_000, "x")]), /bytes/],
  ])("does not lose itself in %s", async (_, message, why) => {
    const { DKIM } = await judged(published(key.record), { raw: message() });
    expect(DKIM).toMatchObject({ status: "unavailable", problem: { code: "mail/dkim-too-much" } });
    expect(DKIM.detail).toMatch(why);
  });

  it("is not held up by a message made for that", async () => {
    const names = Array.from({ length: 499 }, (_, index) => `x${index}`).join(":");
    const signature = (extra: string) =>
      `DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.com; s=alerts; b=${extra}`;
    const signatures = Array.from({ length: 20 }, (_, index) =>
      signature(`${index}; bh=x; l=${index}; h=from:${names}`),
    );
    const head = [...signatures, ...Array<string>(4_900).fill("a: b"), "From: a@example.com"].join("\r\n");
    await expectLinear(75_000, (size) =>
      judged(published(key.record), { raw: Buffer.from(`${head}\r\n\r\n${"\t\r\n".repeat(size)}`) }),
    );
  });

  it("prints nothing, whatever the lengths a signature claims", async () => {
    const print = jest.spyOn(console, "log").mockImplementation(() => undefined);
    for (const length of [0, 1, 5_000]) {
      await judged(published(key.record), { raw: edited("v=1;", `v=1; l=${length};`) });
    }
    expect(print).not.toHaveBeenCalled();
    print.mockRestore();
  });
});

describe("without a message", () => {
  it("says how DKIM could be verified", async () => {
    const { DKIM } = await judged({});
    expect(DKIM).toMatchObject({ status: "unavailable", problem: { code: "mail/dkim-not-verifiable" } });
    expect(DKIM.remedy).toMatch(/Set `imap`/);
    expect((await judged({}, { require: ["dkim"] })).DKIM.status).toBe("failed");
  });

  it("looks at the keys of the declared selectors, and says that it saw no signature", async () => {
    const { DKIM } = await judged(published(key.record), { selectors: ["alerts"], require: ["dkim"] });
    expect(DKIM.status).toBe("passed");
    expect(DKIM.detail).toMatch(/^alerts\._domainkey\.example\.com: rsa key of 2048 bits; no message arrived/);
  });

  it.each<[string, Zone, string]>([
    ["missing", {}, "dkim-key-missing"],
    ["revoked", published("v=DKIM1; p="), "dkim-key-revoked"],
    ["there twice", { [NAME]: { TXT: [key.record, other.record] } }, "dkim-key-several"],
    ["too short", published(rsaKey(512).record), "dkim-key-short"],
    ["a text of 10,000 characters", published(`v=DKIM1; p=${"A".repeat(10_000)}`), "dkim-key-unusable"],
    ["for sha1 only", published(`${key.record}; h=sha1`), "dkim-key-unusable"],
    ["there with a tag twice", published(`${key.record}; k=rsa`), "dkim-key-unusable"],
    ["something else", published("v=spf1 -all"), "dkim-key-unusable"],
  ])("warns of a key that is %s", async (_, zone, code) => {
    const { DKIM } = await judged(zone, { selectors: ["alerts"] });
    expect(DKIM).toMatchObject({ status: "warning", problem: { code: `mail/${code}` } });
    expect(DKIM.detail.length).toBeLessThan(500);
  });

  it("looks under the organization where the sender's own domain has no key", async () => {
    const request = { from: "alerts@mon.example.com", selectors: ["alerts"] };
    const { DKIM } = await judged(published(key.record), request);
    expect(DKIM.detail).toMatch(/^alerts\._domainkey\.example\.com: rsa key of 2048 bits/);
    expect((await judged({}, request)).DKIM.remedy).toMatch(/at alerts\._domainkey\.mon\.example\.com/);
  });

  it("names the first key that is wrong among several", async () => {
    const { DKIM } = await judged(published(key.record), { selectors: ["alerts", "next"] });
    expect(DKIM.remedy).toMatch(/next\._domainkey\.example\.com/);
  });
});
