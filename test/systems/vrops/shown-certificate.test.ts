import { X509Certificate } from "node:crypto";
import { selfSigned } from "../../../lib/mail/server/certificates";
import { opensslCommand, serverAmong } from "../../../lib/systems/vrops/openssl-command";
import { isPinned, thumbprintsOf } from "../../../lib/systems/vrops/shown-certificate";

const made = (name: string) => {
  const { certificate } = selfSigned({ name, hosts: [name] });
  const x509 = new X509Certificate(certificate);
  return { pem: certificate, base64: x509.raw.toString("base64"), sha1: x509.fingerprint, sha256: x509.fingerprint256 };
};
const GUID = "7d3ecea8-3ace-4213-852a-e21ef26f9447";
const mine = made("smtp.example.com");
const other = made("other.example.com");

describe("the thumbprints of a certificate that vROps shows", () => {
  const both = { handle: GUID, sha1: mine.sha1, sha256: mine.sha256 };
  const lines = mine.base64.replace(/.{76}/g, "$&\r\n");

  it.each([
    ["PEM", { certificate: mine.pem }],
    ["PEM of a chain, the server's own first", { certificate: mine.pem + other.pem }],
    ["base64", { certificateDetails: `SignedCertificate: ${mine.base64}` }],
    [
      "base64 in lines, between a signature and an algorithm",
      { certificateDetails: `Signature: bm8=\nSignedCertificate:\n${lines}\nAlgorithm SHA256` },
    ],
    ["PEM in the details", { certificateDetails: mine.pem }],
    ["base64 twice", { certificateDetails: `${mine.base64} , ${mine.base64}` }],
  ])("are computed from %s", (_form, shown) => {
    expect(thumbprintsOf({ thumbprint: GUID, ...shown })).toEqual(both);
    for (const pin of [mine.sha1, mine.sha256, GUID, mine.sha256.replaceAll(":", "").toLowerCase()]) {
      expect(isPinned({ thumbprint: GUID, ...shown }, pin)).toBe(true);
    }
    expect(isPinned({ thumbprint: GUID, ...shown }, other.sha256)).toBe(false);
    expect(isPinned({ thumbprint: GUID, ...shown }, null)).toBe(false);
  });

  it.each([
    ["no certificate", { certificateDetails: "Issued: vmware , expiry:10/01/2014" }],
    ["something that only looks like one", { certificateDetails: `SignedCertificate: MII${"A".repeat(400)}` }],
    ["one that is cut", { certificateDetails: mine.base64.slice(0, 400) }],
    ["two different ones", { certificateDetails: `Issued: ${mine.base64} SignedCertificate: ${other.base64}` }],
    ["one inside a name", { issuedTo: mine.base64, certificateDetails: `Issued: ${mine.base64} , expiry: tomorrow` }],
  ])("are the handle alone where the text holds %s", (_what, shown) => {
    expect(thumbprintsOf({ thumbprint: GUID, ...shown })).toEqual({ handle: GUID });
    expect(isPinned({ thumbprint: GUID, ...shown }, mine.sha256)).toBe(false);
  });

  it("are those of the handle, when the text beside it holds another certificate", () => {
    const handle = other.sha1.replaceAll(":", "").toLowerCase();
    expect(thumbprintsOf({ thumbprint: handle, certificateDetails: mine.base64 })).toEqual({ handle });
    expect(isPinned({ thumbprint: handle, certificateDetails: mine.base64 }, mine.sha1)).toBe(false);
    expect(isPinned({ thumbprint: handle, certificateDetails: other.base64 }, other.sha256)).toBe(true);
  });
});

describe("the openssl command", () => {
  it.each([
    [
      { host: "smtp.example.com", port: 587, startTls: true },
      "openssl s_client -connect smtp.example.com:587 -servername smtp.example.com -starttls smtp </dev/null",
    ],
    [{ host: "192.0.2.1", port: 465, startTls: false }, "openssl s_client -connect 192.0.2.1:465 </dev/null"],
    [
      { host: "2001:db8::1", port: 25, startTls: true },
      "openssl s_client -connect [2001:db8::1]:25 -starttls smtp </dev/null",
    ],
    [{ host: "$(reboot)", port: 25, startTls: true }, "openssl s_client -connect HOST:PORT -starttls smtp </dev/null"],
    [undefined, "openssl s_client -connect HOST:PORT </dev/null"],
  ])("of %j", (server, command) => {
    expect(opensslCommand(server, "sha256")).toBe(`${command} | openssl x509 -noout -fingerprint -sha256`);
  });

  it("is for the server that the settings' only address leads to", () => {
    expect(serverAmong(["POST", "https://hooks.example.com/x", "20"])).toMatchObject({
      host: "hooks.example.com",
      port: 443,
    });
    expect(serverAmong(["https://[2001:db8::1]:8443/x"])).toMatchObject({ host: "2001:db8::1", port: "8443" });
    expect(serverAmong(["https://a.example.com", "https://b.example.com"])).toBeUndefined();
    expect(serverAmong(["http://a.example.com", "https://"])).toBeUndefined();
  });
});
