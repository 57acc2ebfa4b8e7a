import type { HttpResponse, OutgoingRequest } from "../../../lib/http/types";
import { sign, SignatureAuthenticator } from "../../../lib/systems/ovh-vrops/signature";

// Published, revoked keys of the vendor's SDKs.
const keys = {
  applicationKey: "TDPKJdwZwAQPwKX2",
  applicationSecret: "9ufkBmLaTQ9nz5yMUlg79taH0GNnzDjk",
  consumerKey: "5mBuy6SUQcRw2ZUxg0cG68BoDKpED4KY",
};
const NOW = 1457018875;
const API = "https://eu.api.ovh.com/1.0";
const PCC = `${API}/dedicatedCloud/pcc-192-0-2-10`;

test.each([
  ["GET", `${API}/auth`, "", "e9556054b6309771395efa467c22e627407461ad"],
  ["POST", `${API}/auth`, '{"a":"b","c":"d"}', "ec2fb5c7a81f64723c77d2e5b609ae6f58a84fc1"],
  ["DELETE", `${API}/auth`, "", "a1eecd00b3b02b6cf5708b84b9ff42059a950d85"],
  ["GET", `${PCC}/vrops`, "", "fec34193108532298a35359e0629c9bf66468057"],
  [
    "POST",
    `${PCC}/vrops/outgoingFlow`,
    '{"description":"SMTP relay","ip":"203.0.113.25","servicePort":587}',
    "daa216fce33bd2f83c5b40998d8d4e546935c6d8",
  ],
  ["GET", `${PCC}/task?state=doing`, "", "e5ecbfc8426cb6c7dfc5ef13cef40d2a2999abb8"],
  [
    "POST",
    `${PCC}/vrops/outgoingFlow`,
    '{"description":"Relais SMTP été","ip":"203.0.113.25","servicePort":587}',
    "7f13c3559d521a14075f50cb101373f4ba72ce82",
  ],
])("%s %s with body %s is signed as the SDKs do", (method, url, body, hash) => {
  expect(sign(keys, { method, url, body }, NOW)).toBe(`$1$${hash}`);
});

const sent = (method: string): OutgoingRequest => ({
  method,
  url: `${API}/auth`,
  body: "",
  signal: new AbortController().signal,
});
const change = sent("DELETE");
const clockAt = (seconds: number) => ({ now: () => seconds * 1000, sleep: async () => undefined });
const answered = (status: number, data: unknown = {}): HttpResponse => ({ status, headers: {}, data, text: "" });
const invalidSignature = answered(400, { errorCode: "INVALID_SIGNATURE", message: "Invalid signature" });

test("the time in header and signature of what changes something is the server's, asked for once", async () => {
  const serverTime = jest.fn(async () => NOW);
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW - 480), serverTime);

  const [first, second] = [await authenticator.authorize(change), await authenticator.authorize(change)];

  expect(first).toEqual({
    "X-Ovh-Application": keys.applicationKey,
    "X-Ovh-Consumer": keys.consumerKey,
    "X-Ovh-Timestamp": String(NOW),
    "X-Ovh-Signature": "$1$a1eecd00b3b02b6cf5708b84b9ff42059a950d85",
  });
  expect(second).toEqual(first);
  expect(serverTime).toHaveBeenCalledTimes(1);
});

test("a time that could not be learnt is asked for again", async () => {
  const serverTime = jest.fn(async () => NOW).mockRejectedValueOnce(new Error("unreachable"));
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW), serverTime);

  await expect(authenticator.authorize(change)).rejects.toThrow("unreachable");
  await expect(authenticator.authorize(change)).resolves.toMatchObject({ "X-Ovh-Timestamp": String(NOW) });
});

test("asking for the time again helps only when it has changed", async () => {
  let server = NOW;
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW), async () => server);
  await authenticator.authorize(change);

  expect(await authenticator.renew(invalidSignature, change)).toBe(false);
  server += 90;
  expect(await authenticator.renew(invalidSignature, change)).toBe(true);
  expect(await authenticator.authorize(change)).toMatchObject({ "X-Ovh-Timestamp": String(NOW + 90) });
});

describe("a read before the server's time is known", () => {
  const early = (serverTime: () => Promise<number>, local = NOW) => {
    const authenticator = new SignatureAuthenticator(keys, clockAt(local), jest.fn(serverTime));
    return { authenticator, read: sent("GET") };
  };

  it("does not wait for it, but is signed with this machine's", async () => {
    const { authenticator, read } = early(() => new Promise(() => undefined), NOW - 480);
    expect(await authenticator.authorize(read)).toMatchObject({
      "X-Ovh-Timestamp": String(NOW - 480),
      "X-Ovh-Signature": sign(keys, read, NOW - 480),
    });
  });

  // How the API words the refusal of a time is not documented.
  it.each([400, 401, 403])("is sent again after a %d in any words, if the clocks differ", async (status) => {
    const { authenticator, read } = early(async () => NOW, NOW - 480);
    await authenticator.authorize(read);
    const refusal = answered(status, { message: "no" });
    expect(authenticator.refuses(refusal, read)).toBe(true);
    expect(await authenticator.renew(refusal, read)).toBe(true);
    expect(await authenticator.authorize(sent("GET"))).toMatchObject({ "X-Ovh-Timestamp": String(NOW) });
  });

  it("is not sent again if the clocks agree: it was refused for something else", async () => {
    const { authenticator, read } = early(async () => NOW + 1);
    await authenticator.authorize(read);
    expect(await authenticator.renew(answered(403), read)).toBe(false);
  });

  it("keeps its refusal if the time cannot be learnt", async () => {
    const { authenticator, read } = early(() => Promise.reject(new Error("unreachable")), NOW - 480);
    await authenticator.authorize(read);
    expect(await authenticator.renew(answered(403), read)).toBe(false);
  });

  it.each([404, 429, 500])("is not taken to be refused for its time by a %d", async (status) => {
    const { authenticator, read } = early(async () => NOW);
    await authenticator.authorize(read);
    expect(authenticator.refuses(answered(status), read)).toBe(false);
  });
});

test("a read after the server's time is known is refused for its time by words only", async () => {
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW - 480), async () => NOW);
  await authenticator.authorize(change);
  const read = sent("GET");
  expect(await authenticator.authorize(read)).toMatchObject({ "X-Ovh-Timestamp": String(NOW) });
  expect(authenticator.refuses(answered(403, { message: "no" }), read)).toBe(false);
  expect(authenticator.refuses(invalidSignature, read)).toBe(true);
});
