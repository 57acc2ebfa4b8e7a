import { isSo, type Circumstances, type Situation } from "../../../../lib/mail/diagnosis/refusals/situation";

const all: Situation = {
  login: "given",
  encrypted: true,
  startTlsOffered: false,
  authOffered: true,
  provider: "icloud",
  mechanism: "XOAUTH2",
  receivers: ["a@example.com", "b@example.com"],
};

it.each<[Circumstances, Circumstances]>([
  [{ login: "given" }, { login: "none" }],
  [{ encrypted: true }, { encrypted: false }],
  [{ startTlsOffered: false }, { startTlsOffered: true }],
  [{ authOffered: true }, { authOffered: false }],
  [{ provider: "icloud" }, { provider: "gmail" }],
  [{ provider: ["gmail", "icloud"] }, { provider: [] }],
  [{ token: true }, { token: false }],
  [{ severalReceivers: true }, { severalReceivers: false }],
])("%j is so, %j is not, and neither is where nothing is known", (so, other) => {
  expect([isSo(so, all), isSo(other, all), isSo(so, {}), isSo(other, {})]).toEqual([true, false, false, false]);
});

it("wants all that is given to be so", () => {
  expect(isSo({}, {})).toBe(true);
  expect(isSo({ login: "given", encrypted: true, severalReceivers: true }, all)).toBe(true);
  expect(isSo({ login: "given", encrypted: false, severalReceivers: true }, all)).toBe(false);
});

it.each([
  ["OAUTHBEARER", true],
  ["xoauth2", true],
  ["PLAIN", false],
  ["XOAUTH2-PLUS", false],
])("knows a login by token by its mechanism: %s", (mechanism, token) => {
  expect(isSo({ token }, { mechanism })).toBe(true);
});

it("counts receivers: one is not several", () => {
  expect(isSo({ severalReceivers: true }, { receivers: ["a@example.com"] })).toBe(false);
  expect(isSo({ severalReceivers: false }, { receivers: [] })).toBe(true);
});
