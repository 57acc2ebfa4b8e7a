import { Authority } from "../../../../lib/mail/server";
import { probed, type Oddities } from "../../../support/diagnosed";
import { scriptedAuthority } from "../../../support/scripted-smtp";

const DAY = 86_400_000;
const encryption = async (oddities: Oddities) => {
  const { stage, outcome, lines } = await probed(oddities);
  return { ...stage("TLS"), outcome, lines };
};
const only = (version: "TLSv1" | "TLSv1.1") => ({
  minVersion: version,
  maxVersion: version,
  ciphers: "DEFAULT@SECLEVEL=0",
});

it("says protocol, cipher, chain, names and the day of expiry, which is an outcome of its own", async () => {
  const { status, detail, outcome } = await encryption({});
  expect(status).toBe("passed");
  expect(detail).toMatch(
    /^TLSv1\.[23] \w+; CN=127\.0\.0\.1, issued by CN=Scripted CA, made for 127\.0\.0\.1, localhost, valid until \d{4}-\d\d-\d\d \(\d+ days\)$/,
  );
  const [day] = /\d{4}-\d\d-\d\d/.exec(detail)!;
  expect(outcome.certificateExpiresAt).toMatch(new RegExp(`^${day}T.*Z$`));
});

it("knows the day of expiry of a certificate that is not trusted, too", async () => {
  const notAfter = Date.now() - 3 * DAY;
  const certificate = scriptedAuthority.issue({ name: "x", hosts: ["127.0.0.1"], notBefore: notAfter - DAY, notAfter });
  const { status, outcome } = await encryption({ certificate });
  expect(status).toBe("failed");
  expect(outcome.certificateExpiresAt!.slice(0, 10)).toBe(new Date(notAfter).toISOString().slice(0, 10));
});

it("does not list dozens of names", async () => {
  const hosts = ["127.0.0.1", ...Array.from({ length: 40 }, (_, index) => `mail${index}.example.com`)];
  const { detail } = await encryption({ certificate: scriptedAuthority.issue({ name: "x", hosts }) });
  expect(detail).toContain("mail3.example.com and 36 more names,");
});

it.each([
  [59, "mail/certificate-expires-soon", /Plan the renewal/],
  [29, "mail/certificate-expires-next", /now/],
])("warns %i days before the end", async (days, code, remedy) => {
  const notAfter = Date.now() + days * DAY + DAY / 2;
  const certificate = scriptedAuthority.issue({
    name: "x",
    hosts: ["127.0.0.1"],
    notBefore: notAfter - 365 * DAY,
    notAfter,
  });
  const stage = await encryption({ certificate });
  expect(stage).toMatchObject({ status: "warning", problem: { code } });
  expect(stage.remedy).toMatch(remedy);
});

it("warns of an authority that expires before the server's certificate does", async () => {
  const authority = Authority.create("Old CA", Date.now() - 355 * DAY);
  const certificate = authority.issue({ name: "x", hosts: ["127.0.0.1"] });
  const stage = await encryption({ certificate, target: { ca: authority.pem } });
  expect(stage).toMatchObject({ status: "warning", problem: { code: "mail/certificate-chain-expires-soon" } });
  expect(stage.problem!.summary).toContain("CN=Old CA");
});

it("takes a bundle of authorities, of which one is the right one", async () => {
  const bundle = [Authority.create("One").pem, scriptedAuthority.pem, Authority.create("Two").pem].join("\n");
  expect((await encryption({ target: { ca: bundle } })).status).toBe("passed");
});

it("trusts the server's own certificate when that is what was given", async () => {
  const certificate = Authority.create("Unknown").issue({ name: "x", hosts: ["127.0.0.1"] });
  expect((await encryption({ certificate, target: { ca: certificate.certificate } })).status).toBe("passed");
});

it("names all authorities of a bundle of which none is the right one", async () => {
  const bundle = [Authority.create("One").pem, Authority.create("Two").pem].join("\n");
  const stage = await encryption({ target: { ca: bundle } });
  expect(stage.problem!.code).toBe("mail/certificate-not-by-given-authority");
  expect(stage.remedy).toContain("CN=One, CN=Two");
});

describe("a server with old versions of TLS only", () => {
  it.each([
    ["TLSv1", "starttls", "TLS 1.0"],
    ["TLSv1.1", "starttls", "TLS 1.1"],
    ["TLSv1", "tls", "TLS 1.0"],
    ["TLSv1.1", "tls", "TLS 1.1"],
  ] as const)("is told by the version that it speaks: %s by %s", async (version, security, name) => {
    const stage = await encryption({ tls: only(version), implicitTls: security === "tls", target: { security } });
    expect(stage).toMatchObject({ status: "failed", problem: { code: "mail/tls-too-old" } });
    expect(stage.detail).toContain(`no newer version than ${name}`);
    expect(stage.remedy).toContain("TLS 1.2");
    // What finds it out stops at the handshake.
    expect(stage.lines.filter((line) => /^(AUTH|MAIL)/.test(line))).toEqual([]);
  });
});
