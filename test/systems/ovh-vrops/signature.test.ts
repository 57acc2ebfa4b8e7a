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

const request = { method: "GET", url: `${API}/auth`, body: "", signal: new AbortController().signal };
const clockAt = (seconds: number) => ({ now: () => seconds * 1000, sleep: async () => undefined });

test("the time in header and signature is the server's, asked for once", async () => {
  const serverTime = jest.fn(async () => NOW);
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW - 480), serverTime);

  const [first, second] = [await authenticator.authorize(request), await authenticator.authorize(request)];

  expect(first).toEqual({
    "X-Ovh-Application": keys.applicationKey,
    "X-Ovh-Consumer": keys.consumerKey,
    "X-Ovh-Timestamp": String(NOW),
    "X-Ovh-Signature": "$1$e9556054b6309771395efa467c22e627407461ad",
  });
  expect(second).toEqual(first);
  expect(serverTime).toHaveBeenCalledTimes(1);
});

test("a time that could not be learnt is asked for again", async () => {
  const serverTime = jest.fn(async () => NOW).mockRejectedValueOnce(new Error("unreachable"));
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW), serverTime);

  await expect(authenticator.authorize(request)).rejects.toThrow("unreachable");
  await expect(authenticator.authorize(request)).resolves.toMatchObject({ "X-Ovh-Timestamp": String(NOW) });
});

test("asking for the time again helps only when it has changed", async () => {
  let server = NOW;
  const authenticator = new SignatureAuthenticator(keys, clockAt(NOW), async () => server);
  await authenticator.authorize(request);

  expect(await authenticator.renew()).toBe(false);
  server += 90;
  expect(await authenticator.renew()).toBe(true);
  expect(await authenticator.authorize(request)).toMatchObject({ "X-Ovh-Timestamp": String(NOW + 90) });
});
