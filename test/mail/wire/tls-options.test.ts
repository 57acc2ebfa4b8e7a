import { X509Certificate } from "node:crypto";
import * as tls from "node:tls";
import { prepareTls, tlsOptions, trusting } from "../../../lib/mail/wire/tls-options";

jest.mock("node:tls", () => ({ ...jest.requireActual<typeof tls>("node:tls"), createSecureContext: jest.fn() }));
const create = jest.mocked(tls.createSecureContext);
const { createSecureContext } = jest.requireActual<typeof tls>("node:tls");

beforeEach(() => create.mockReset().mockImplementation(createSecureContext));

const root = tls.rootCertificates[0]!;

it("a name is sent in SNI, an address never", () => {
  expect(tlsOptions("mail.example.com", undefined)).toEqual({
    host: "mail.example.com",
    servername: "mail.example.com",
  });
  expect(tlsOptions("192.0.2.1", undefined)).toEqual({ host: "192.0.2.1" });
  expect(tlsOptions("2001:db8::1", undefined)).toEqual({ host: "2001:db8::1" });
});

it("what was prepared is what the handshake takes", () => {
  expect(new X509Certificate(root).ca).toBe(true);
  const ca = [root];
  prepareTls(ca);
  const { secureContext } = trusting(ca);
  expect(secureContext).toBe(create.mock.results[0]!.value);
  expect(create).toHaveBeenCalledTimes(1);
});

it("without authorities of one's own, Node's are read ahead, and the handshake makes its own context", () => {
  prepareTls(undefined);
  expect(create).toHaveBeenCalledTimes(1);
  expect(trusting(undefined)).toEqual({});
});

it("what cannot be prepared is the handshake's to report", () => {
  create.mockImplementation(() => {
    throw new Error("no certificate");
  });
  const ca = [root];
  expect(() => prepareTls(ca)).not.toThrow();
  expect(() => trusting(ca)).toThrow("no certificate");
});
