import { Announcer } from "../../lib/cli/announcer";
import { ProblemError } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import type { Surroundings } from "../../lib/cli/surroundings";
import type { Detection } from "../../lib/reconcile/detection";
import { fleetOf } from "../../lib/reconcile/fleet/fleet";
import { answers, startHook, type HookServer } from "../notify/support/hook-server";

let hook: HookServer;
let heart: HookServer;
beforeEach(async () => {
  hook = await startHook(answers(204));
  heart = await startHook(answers(200, "OK"));
});
afterEach(() => Promise.all([hook.close(), heart.close()]));

const said: string[] = [];
const surroundings = (): Surroundings => ({
  out: () => undefined,
  print: () => undefined,
  err: (text) => void said.push(String(text)),
  watched: false,
  redactor: new Redactor(),
  environment: { HOOK: `${hook.url}/a-long-secret-path`, HEART: `${heart.url}/ping/another-secret` },
  homeDirectory: "/",
  workingDirectory: "/",
  nodeVersion: process.versions.node,
  platform: process.platform,
  interrupted: new AbortController().signal,
});
const detection = (verdict: Detection["verdict"], address = "a.a"): Detection => ({
  format: "outbound-detection/1",
  stack: "alerts",
  detectedAt: "2026-11-29T07:00:00.000Z",
  configHash: "sha256:1",
  planHash: null,
  verdict,
  summary: verdict,
  entries: verdict === "in-sync" ? [] : [{ bucket: "broken", type: "t", kind: "k", address, reason: "refused" }],
  coverage: [],
  receivers: { managed: 0, total: 0 },
  followUps: [],
});
const announcer = () =>
  new Announcer(
    [
      { kind: "webhook", variable: "HOOK" },
      { kind: "heartbeat", variable: "HEART" },
    ],
    {},
    [],
  );
const counts = () => [hook.received.length, heart.received.length];

it("tells the same once by a webhook, and every time to whom silence means something", async () => {
  const one = announcer();
  await one.report(detection("broken"), 4, surroundings());
  await one.report(detection("broken"), 4, surroundings());
  expect(counts()).toEqual([1, 2]);
  await one.report(detection("broken", "b.b"), 4, surroundings());
  expect(counts()).toEqual([2, 3]);
});

it("tells that it works again to those who were told that it does not, and not before", async () => {
  const one = announcer();
  await one.report(detection("in-sync"), 0, surroundings());
  expect(counts()).toEqual([0, 1]);
  await one.report(detection("broken"), 4, surroundings());
  await one.report(detection("in-sync"), 0, surroundings());
  expect(counts()).toEqual([2, 3]);
  expect(JSON.parse(hook.received[1]!.body)).toMatchObject({ state: "ok" });
  await one.report(detection("in-sync"), 0, surroundings());
  expect(counts()).toEqual([2, 4]);
});

it("tells of a check that could not be made, as unknown and without its secrets", async () => {
  const world = surroundings();
  world.redactor.add("a-password-of-somebody");
  const error = new ProblemError({
    code: "plan/terraform-failed",
    severity: "error",
    summary: "terraform plan failed: a-password-of-somebody",
    fix: "Look.",
  });
  await announcer().failed("alerts", error, world);
  expect(JSON.parse(hook.received[0]!.body)).toMatchObject({ state: "unknown", exitCode: 1 });
  expect(hook.received[0]!.body).not.toContain("a-password-of-somebody");
  expect(heart.received[0]!.url).toMatch(/\/1$/);
});

it("a way that fails is told as a problem, without its URL, and hides no other", async () => {
  await hook.close();
  said.length = 0;
  await announcer().report(detection("broken"), 4, surroundings());
  expect(heart.received).toHaveLength(1);
  expect(said.join("\n")).toContain("webhook=HOOK");
  expect(said.join("\n")).not.toContain("a-long-secret-path");
  hook = await startHook(answers(204));
});

it("without a way nobody is asked", async () => {
  await new Announcer([], {}, []).report(detection("broken"), 4, surroundings());
  expect(counts()).toEqual([0, 0]);
});

it("tells of several stacks once, under the name that they were asked for by", async () => {
  const fleet = fleetOf("prod-*", "2026-11-29T07:00:00.000Z", [
    { ...detection("broken"), stack: "prod-a" },
    { ...detection("in-sync"), stack: "prod-b" },
  ]);
  await announcer().report(fleet, 4, surroundings());
  expect(counts()).toEqual([1, 1]);
  expect(JSON.parse(hook.received[0]!.body)).toMatchObject({
    stack: "prod-*",
    state: "failed",
    exitCode: 4,
    findings: [{ path: "prod-a: a.a" }],
  });
});
