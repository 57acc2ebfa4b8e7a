import { plain } from "../../lib/core/styled";
import type { ChainProof } from "../../lib/proof/proof";
import type { Detection } from "../../lib/reconcile/detection";
import {
  detectionToConsole,
  detectionToJson,
  detectionToJUnit,
  detectionToMarkdown,
} from "../../lib/reconcile/writers";

const detection: Detection = {
  format: "outbound-detection/1",
  stack: "prod",
  detectedAt: "2026-01-01T00:00:00.000Z",
  configHash: "sha256:1",
  planHash: "sha256:2",
  verdict: "drift",
  summary: "1 drifted, 1 unmanaged, 2 unknown, 1 in sync",
  entries: [
    { bucket: "in-sync", type: "outbound_vrops_plugin", kind: "plugin", address: "outbound_vrops_plugin.a" },
    {
      bucket: "drifted",
      type: "outbound_ovh_vrops_flow",
      kind: "flow",
      address: "outbound_ovh_vrops_flow.x",
      cause: "outside",
      differences: [{ attribute: "description", was: '"ours"', is: '"<theirs> | @all"' }],
    },
    { bucket: "unmanaged", type: "outbound_ovh_vrops_flow", kind: "flow", id: "s/2", name: "a <b>", cause: "outside" },
    { bucket: "unknown", type: "outbound_ksaar_smtp_connection", kind: "smtp connection", name: "k", reason: "no API" },
    {
      bucket: "unknown",
      type: "outbound_uipath_webhook",
      kind: "webhook",
      name: "w",
      reason: "no scope",
      expected: true,
    },
  ],
  coverage: [
    { title: "flows of s", managed: 1, total: 2 },
    { title: "e-mail plugins", managed: 0, total: 0 },
  ],
  receivers: { managed: 12, total: 15 },
  followUps: ["outbound_test_email.t"],
};

describe("writers of a detection", () => {
  it("prints a table without what is in sync, and the coverage", () =>
    expect(plain(detectionToConsole(detection))).toMatchInlineSnapshot(`
     "prod: drift (1 drifted, 1 unmanaged, 2 unknown, 1 in sync)

       drifted    flow             outbound_ovh_vrops_flow.x
                                   description is "<theirs> | @all", was "ours"
       unmanaged  flow             a <b> (s/2)
                                   exists, but no code declares it
       unknown    smtp connection  k
                                   no API
       unknown    webhook          w
                                   no scope

     Under code: 1 of 2 flows of s, 12 of 15 receivers.

     Runs again with a repair: outbound_test_email.t."
    `));

  it("writes Markdown in which nothing found is markup", () => {
    const text = detectionToMarkdown(detection);
    expect(text).toMatchInlineSnapshot(`
     "### prod: drift

     1 drifted, 1 unmanaged, 2 unknown, 1 in sync

     | | Kind | Which | What |
     |---|---|---|---|
     | ⚠️ drifted | flow | \`outbound_ovh_vrops_flow.x\` | description is "&lt;theirs&gt; \\| @&#8203;all", was "ours" |
     | 👤 unmanaged | flow | a &lt;b&gt; (s/2) | exists, but no code declares it |
     | ❔ unknown | smtp connection | k | no API |
     | ❔ unknown | webhook | w | no scope |

     Under code: 1 of 2 flows of s, 12 of 15 receivers.

     Runs again with a repair: outbound\\_test\\_email.t.
     "
    `);
    expect(text).not.toContain("<theirs>");
    expect(text).not.toContain("@all");
  });

  it("writes JUnit that tells failure, error and skipped apart", () =>
    expect(detectionToJUnit(detection)).toMatchInlineSnapshot(`
     "<?xml version="1.0" encoding="UTF-8"?>
     <testsuites name="outbound reconcile" tests="5" failures="2" errors="1" skipped="1">
       <testsuite name="prod" tests="5" failures="2" errors="1" skipped="1">
         <testcase classname="outbound_vrops_plugin" name="outbound_vrops_plugin.a"/>
         <testcase classname="outbound_ovh_vrops_flow" name="outbound_ovh_vrops_flow.x"><failure message="drifted">description is &quot;&lt;theirs&gt; | @all&quot;, was &quot;ours&quot;</failure></testcase>
         <testcase classname="outbound_ovh_vrops_flow" name="a &lt;b&gt; (s/2)"><failure message="unmanaged">exists, but no code declares it</failure></testcase>
         <testcase classname="outbound_ksaar_smtp_connection" name="k"><error message="unknown">no API</error></testcase>
         <testcase classname="outbound_uipath_webhook" name="w"><skipped message="no scope"/></testcase>
       </testsuite>
     </testsuites>
     "
    `));

  it("writes JSON that can be read again", () => expect(JSON.parse(detectionToJson(detection))).toEqual(detection));

  it("shows what is in sync where something else is wrong with it", () => {
    const [inSync] = detection.entries;
    const silent = { ...detection, entries: [{ ...inSync!, warning: "it has no monitors" }] };
    expect(plain(detectionToConsole(silent))).toContain(
      "in sync    plugin  outbound_vrops_plugin.a\n                     Warning: it has no monitors",
    );
    expect(detectionToMarkdown(silent)).toContain("| `outbound_vrops_plugin.a` | Warning: it has no monitors |");
    expect(JSON.parse(detectionToJson(silent))).toMatchObject({ entries: [{ warning: "it has no monitors" }] });
  });
});

describe("writers of a proof", () => {
  const chain: ChainProof = {
    address: "outbound_test_email.t",
    how: "send",
    state: "through",
    server: "smtp.example.com:587",
    verdict: "delivered",
    stages: [],
    receivers: [
      { address: "a@example.com", status: "arrived" },
      { address: "b@example.com", status: "accepted" },
    ],
    arrivedAfterMs: 2_140,
    certificates: [],
    leftOut: ["the own test of alertops is left out: it pages"],
  };
  const said = (more: Partial<Detection>) => plain(detectionToConsole({ ...detection, ...more }));

  it("say who was proved and who was only accepted, and what was left out", () =>
    expect(said({ proof: { mode: "send", chains: [chain] } })).toContain(
      "outbound_test_email.t: mail gets through (send, smtp.example.com:587): arrived at a@example.com; accepted for b@example.com after 2.1 s; the own test of alertops is left out: it pages.",
    ));

  it("do not pass over that nothing was walked", () =>
    expect(said({ proof: { mode: "probe", chains: [] } })).toContain("so none was walked"));

  it("put what presses first, with what to do, and only name the rest", () => {
    const end = { kind: "certificate", paths: ["a"], fix: "Renew it.", at: "2026-01-11T00:00:00.000Z" } as const;
    const text = said({
      horizon: {
        until: "2026-01-31T00:00:00.000Z",
        endings: [
          { ...end, subject: "certificate CN=a", state: "near" },
          { ...end, subject: "certificate CN=b", state: "later", at: "2026-06-11T00:00:00.000Z" },
        ],
      },
    });
    expect(text).toContain("! certificate CN=a ends in 10 days, on 2026-01-11. Renew it.");
    expect(text).toMatch(/^certificate CN=b ends in 161 days, on 2026-06-11\.$/m);
  });

  it("are fit for Markdown and JUnit", () => {
    const broken: Detection = {
      ...detection,
      entries: [
        { bucket: "broken", type: "outbound_test_email", kind: "test e-mail", address: "a.b", reason: "<535>" },
      ],
    };
    expect(detectionToMarkdown(broken)).toContain("⛔ broken");
    expect(detectionToJUnit(broken)).toContain('<failure message="broken">&lt;535&gt;</failure>');
  });
});
