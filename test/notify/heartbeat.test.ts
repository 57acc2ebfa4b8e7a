import { heartbeatUrl } from "../../lib/notify/heartbeat";
import { announcement } from "./support/telling";

const PING = "https://hc-ping.com/0000-uuid";

it.each([
  ["ok", 0, PING],
  ["failed", 2, `${PING}/2`],
  ["failed", 0, `${PING}/fail`],
  ["failed", 256, `${PING}/fail`],
  ["unknown", 1, `${PING}/1`],
  ["unknown", 0, `${PING}/fail`],
] as const)("a check that is %s with exit code %d pings as healthchecks.io wants it", (state, exitCode, url) => {
  expect(heartbeatUrl(PING, announcement({ state, exitCode }))).toBe(url);
});

it.each([
  ["ok", 0, "https://beats.example.com/p?status=ok&code=0"],
  ["failed", 2, "https://beats.example.com/p?status=failed&code=2"],
  // Never 0: that would be success.
  ["unknown", 0, "https://beats.example.com/p?status=unknown&code=1"],
] as const)("a check that is %s with exit code %d fills what a URL has room for", (state, exitCode, url) => {
  const given = "https://beats.example.com/p?status={state}&code={exit_code}";
  expect(heartbeatUrl(given, announcement({ state, exitCode }))).toBe(url);
});

it("what stands behind a question mark stays there", () => {
  const url = heartbeatUrl(`${PING}/?rid=1`, announcement({ exitCode: 2 }));
  expect(url).toBe(`${PING}/2?rid=1`);
});
