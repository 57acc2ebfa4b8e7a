import { createHash, X509Certificate } from "node:crypto";
import { forbiddenByMtaSts, parseMtaSts } from "../../../lib/mail/alignment/mta-sts";
import { Questions } from "../../../lib/mail/alignment/questions";
import { forbiddenByTlsa, type TlsaRecord } from "../../../lib/mail/alignment/tlsa";
import { transportRules, type HandedTo } from "../../../lib/mail/alignment/transport-rules";
import { Authority } from "../../../lib/mail/server/certificates";
import { nameServers } from "../../../lib/mail/wire/name-servers";
import { startNameServer, type Zone } from "../../support/name-server";

const authority = Authority.create("Example CA");
const pem = authority.issue({ name: "mx.example.com", hosts: ["mx.example.com"] }).certificate;
const own = new X509Certificate(pem);
const issuer = new X509Certificate(authority.pem);
const chain = [own.raw, issuer.raw];
const spki = (certificate: X509Certificate) => certificate.publicKey.export({ type: "spki", format: "der" });
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest();
const arrayBuffer = (bytes: Uint8Array) => new Uint8Array(bytes).buffer;
const record = (certUsage: number, selector: number, match: number, data: Uint8Array): TlsaRecord => ({
  certUsage,
  selector,
  match,
  data: arrayBuffer(data),
});

describe("TLSA", () => {
  it.each([
    ["own certificate, whole", record(3, 0, 0, own.raw)],
    ["own key, SHA-256", record(3, 1, 1, sha256(spki(own)))],
    ["own certificate, SHA-512", record(3, 0, 2, createHash("sha512").update(own.raw).digest())],
    ["an authority of the chain", record(2, 1, 1, sha256(spki(issuer)))],
  ])("%s fits", (_, one) => expect(forbiddenByTlsa([one], chain, "starttls")).toBeUndefined());

  it.each([
    ["another key", record(3, 1, 1, sha256(Buffer.from("other")))],
    ["an authority where the server's own is meant", record(3, 0, 1, sha256(issuer.raw))],
    ["an unknown way of matching", record(3, 1, 9, sha256(spki(own)))],
  ])("%s does not", (_, one) =>
    expect(forbiddenByTlsa([one], chain, "starttls")).toBe("none of 1 fits the certificate of the server"),
  );

  it("one of several is enough, those for other uses bind nobody, and plain text never fits", () => {
    const right = record(3, 1, 1, sha256(spki(own)));
    expect(forbiddenByTlsa([record(3, 1, 1, sha256(own.raw)), right], chain, "tls")).toBeUndefined();
    expect(forbiddenByTlsa([record(1, 1, 1, sha256(own.raw))], chain, "starttls")).toBeUndefined();
    expect(forbiddenByTlsa([right], [], "none")).toContain("plain text");
  });
});

describe("MTA-STS", () => {
  const policy = (text: string) => parseMtaSts(text);
  const enforced = policy(
    "version: STSv1\r\nmode: enforce\r\nmx: mx.example.com\r\nmx: *.mail.example.com\r\nmax_age: 1\r\n",
  )!;

  it.each(["mx.example.com", "MX.Example.com", "a.mail.example.com"])("takes %s", (host) =>
    expect(forbiddenByMtaSts(enforced, host, "starttls")).toBeUndefined(),
  );

  it.each(["mail.example.com", "a.b.mail.example.com", "mx.example.com.evil.test"])("forbids %s", (host) =>
    expect(forbiddenByMtaSts(enforced, host, "starttls")).toContain(`it does not name ${host}`),
  );

  it("forbids plain text, and nothing at all while it is being tried out", () => {
    expect(forbiddenByMtaSts(enforced, "mx.example.com", "none")).toContain("encryption");
    expect(forbiddenByMtaSts({ ...enforced, mode: "testing" }, "other", "none")).toBeUndefined();
  });

  it.each(["", "<html>", "version: STSv2\nmode: enforce", "version: STSv1", "x".repeat(70_000)])(
    "%# is no policy",
    (text) => expect(policy(text)).toBeUndefined(),
  );
});

describe("the rules of the receivers' domains", () => {
  const server: HandedTo = { host: "mx.example.com", port: 25, security: "starttls", chain };
  const zone: Zone = {
    "example.com": { MX: [{ exchange: "mx.example.com", priority: 10 }] },
    "_mta-sts.example.com": { TXT: ["v=STSv1; id=1;"] },
    "mx.example.com": { A: ["192.0.2.1"] },
  };
  const policy = "version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 86400\n";

  async function rules(more: Zone = {}, fetched: string | Error = policy, of: Partial<HandedTo> = {}) {
    const names = await startNameServer({ ...zone, ...more });
    const asked: string[] = [];
    const fetchText = async (url: string) => {
      asked.push(url);
      if (fetched instanceof Error) throw fetched;
      return fetched;
    };
    try {
      const questions = new Questions(nameServers([names.address]), new AbortController().signal);
      const found = await transportRules(
        { ...server, ...of },
        ["a@example.com", "b@EXAMPLE.com"],
        questions,
        fetchText,
      );
      return { asked, found: found.filter(({ kind }) => kind === "MTA-STS") };
    } finally {
      await names.close();
    }
  }

  it("asks once for each domain, and is silent where all is allowed", async () => {
    expect(await rules()).toEqual({
      asked: ["https://mta-sts.example.com/.well-known/mta-sts.txt"],
      found: [{ kind: "MTA-STS", name: "_mta-sts.example.com", state: "kept" }],
    });
  });

  it("says what is forbidden", async () => {
    const { found } = await rules({}, policy.replace("mx.example.com", "other.example.com"));
    expect(found).toMatchObject([
      { state: "forbidden", reason: expect.stringContaining("does not name mx.example.com") },
    ]);
  });

  it("asks nobody where the server is a relay, or there is no policy", async () => {
    expect(await rules({ "example.com": { MX: [{ exchange: "elsewhere.example.com", priority: 1 }] } })).toEqual({
      asked: [],
      found: [],
    });
    expect((await rules({ "_mta-sts.example.com": { TXT: ["something else"] } })).asked).toEqual([]);
  });

  it("does not take for kept what could not be read", async () => {
    expect((await rules({}, new Error("ENOTFOUND"))).found).toMatchObject([{ state: "unknown", reason: "ENOTFOUND" }]);
    expect((await rules({}, "<html>")).found).toMatchObject([{ state: "unknown" }]);
  });
});

it("says of a Node.js that cannot ask for TLSA records that it cannot", async () => {
  const names = {
    described: "none",
    ask: async (name: string, type: string) => {
      if (type === "MX") return [{ exchange: "mx.example.com", priority: 1 }] as never;
      throw Object.assign(new Error(name), { code: type === "TLSA" ? "ERR_INVALID_ARG_VALUE" : "ENOTFOUND" });
    },
  };
  const questions = new Questions(names, new AbortController().signal);
  const server: HandedTo = { host: "mx.example.com", port: 25, security: "starttls", chain };
  const found = await transportRules(server, ["a@example.com"], questions, () =>
    Promise.reject(new Error("not asked")),
  );
  expect(found).toEqual([
    { kind: "TLSA", name: "_25._tcp.mx.example.com", state: "untold", reason: expect.stringContaining("22.15") },
  ]);
});
