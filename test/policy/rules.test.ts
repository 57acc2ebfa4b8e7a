import { readdirSync } from "node:fs";
import { join } from "node:path";
import { evaluate, type RuleResult } from "../../lib/policy/evaluate";
import type { PolicyOptions } from "../../lib/policy/options";
import { rules } from "../../lib/policy/rules";
import type { Topology } from "../../lib/topology";
import { escalation, flow, mailer, member, route, smtp, source, step, test, topology } from "./topology";

const NOW = Date.parse("2026-11-21T12:00:00Z");

function result(id: string, parts: Partial<Topology>, options: PolicyOptions = {}): RuleResult {
  const { results } = evaluate(topology(parts), { ...options, now: NOW });
  return results.find(({ rule }) => rule.id === id)!;
}

const withSmtp = (differs: Parameters<typeof smtp>[0]) => ({ mailers: [mailer({ smtp: smtp(differs) })] });
const handedOver = (opensAlerts: boolean | undefined) => ({ mailers: [mailer({ smtp: undefined, opensAlerts })] });
const seen = (from: string | undefined, to: string) => ({
  tests: [test({ certificateValidFrom: from && `${from}T08:00:00.000Z`, certificateExpiresAt: `${to}T08:00:00.000Z` })],
});

type Case = readonly [says: string, parts: Partial<Topology>, expected: string, options?: PolicyOptions];

/** "pass", "not-applicable", or what the finding's summary contains. */
const table: Readonly<Record<string, readonly Case[]>> = {
  "tls-required": [
    ["no encryption is refused", withSmtp({ security: "none", port: 587 }), "smtp.example.com:587 is sent without"],
    ["STARTTLS that may be left out is refused", withSmtp({ opportunistic: true }), "goes on in plain text"],
    ["required STARTTLS passes", withSmtp({}), "pass"],
    ["what the apply will tell is not claimed", withSmtp({ security: undefined }), "pass"],
    ["plain port 25 is the other rule's", withSmtp({ security: "none", port: 25 }), "not-applicable"],
    ["the own machine is left alone", withSmtp({ security: "none", host: "127.0.0.1" }), "not-applicable"],
    ["a webhook speaks no SMTP", { mailers: [mailer({ smtp: undefined })] }, "not-applicable"],
    ["a test alone counts", { tests: [test({ smtp: smtp({ security: "none" }) })] }, "is sent without encryption"],
  ],
  "plaintext-port-25": [
    ["plain text is refused", withSmtp({ security: "none", port: 25 }), "smtp.example.com:25 is sent without"],
    ["STARTTLS on 25 passes", withSmtp({ port: 25 }), "pass"],
    ["other ports are none of its business", withSmtp({ security: "none" }), "not-applicable"],
  ],
  "authentication-required": [
    ["no login is refused", withSmtp({ login: false, username: null }), "is sent without a login"],
    ["a login passes", withSmtp({}), "pass"],
    ["nothing sends", { flows: [flow()] }, "not-applicable"],
  ],
  "sender-matches-account": [
    [
      "another domain is refused",
      withSmtp({ username: "alerts@example.net" }),
      "of example.com, the account of example.net",
    ],
    [
      "a domain that only ends alike is refused",
      withSmtp({ username: "a@badexample.com" }),
      "the account of badexample.com",
    ],
    ["a subdomain passes", withSmtp({ username: "alerts@mail.example.com" }), "pass"],
    ["upper case is the same domain", withSmtp({ username: "alerts@EXAMPLE.com" }), "pass"],
    ["a user name tells no domain", withSmtp({ username: "alerts" }), "not-applicable"],
  ],
  "retired-authentication": [
    ["Microsoft 365 by password is refused", withSmtp({ host: "SMTP.office365.com" }), "by user name and password"],
    ["another server passes", withSmtp({}), "pass"],
    [
      "Microsoft 365 by access token is what Microsoft asks for",
      { tests: [test({ smtp: smtp({ host: "smtp.office365.com", token: true }) })] },
      "not-applicable",
    ],
    [
      "Microsoft 365 without login is another matter",
      withSmtp({ host: "smtp.office365.com", login: false }),
      "not-applicable",
    ],
  ],
  "certificate-valid": [
    ["in three weeks is soon", seen("2026-06-12", "2026-12-12"), "smtp.example.com:587 expires on 2026-12-12"],
    ["a test of long ago is judged by today", seen("2025-11-20", "2026-11-20"), "expired on 2026-11-20"],
    ["half a year passes", seen("2026-05-20", "2027-05-20"), "pass"],
    ["three weeks of a life of 45 days are no news", seen("2026-10-28", "2026-12-12"), "pass"],
    ["four days of a life of six are none, either", seen("2026-11-19", "2026-11-25"), "pass"],
    ["two days of a life of 45 are", seen("2026-10-10", "2026-11-23"), "expires on 2026-11-23"],
    [
      "where a test of an older version does not tell when it began, a month is soon",
      seen(undefined, "2026-12-12"),
      "expires on 2026-12-12",
    ],
    ["soon is configurable", seen("2026-05-20", "2027-05-20"), "expires on", { certificateDays: 200 }],
    ["before the first test nobody knows", { tests: [test({ certificateExpiresAt: null })] }, "not-applicable"],
    ["before the apply nobody knows", { tests: [test({ certificateExpiresAt: undefined })] }, "not-applicable"],
  ],
  "flow-has-user": [
    ["no plugin at all", { flows: [flow()] }, "Nothing in vrops sends by 198.100.1.25:587"],
    ["another port", { flows: [flow({ port: 465 })], mailers: [mailer()] }, "198.100.1.25:465"],
    ["another address", { flows: [flow()], ...withSmtp({ host: "198.100.1.26" }) }, "Nothing in vrops"],
    [
      "the address of a name that a test tells",
      { flows: [flow()], mailers: [mailer()], tests: [test({ flows: ["198.100.1.99:587"] })] },
      "Nothing in vrops",
    ],
    ["another system's plugin", { flows: [flow()], mailers: [mailer({ system: "uipath" })] }, "Nothing in vrops"],
    ["the very address", { flows: [flow()], ...withSmtp({ host: "198.100.1.25" }) }, "pass"],
    ["a name may be any address", { flows: [flow()], mailers: [mailer()] }, "pass"],
    [
      "the address that the test tells",
      { flows: [flow()], mailers: [mailer()], tests: [test({ flows: ["198.100.1.25:587"] })] },
      "pass",
    ],
    ["a host that is not known yet", { flows: [flow()], ...withSmtp({ host: undefined }) }, "pass"],
    ["no flow", { mailers: [mailer()] }, "not-applicable"],
    ["a flow that is not known yet", { flows: [flow({ ip: undefined })] }, "not-applicable"],
  ],
  "flow-to-public-address": [
    ["private", { flows: [flow({ ip: "10.1.2.3" })] }, "10.1.2.3, which is private"],
    ["the end of 172.16/12", { flows: [flow({ ip: "172.31.255.255" })] }, "which is private"],
    ["documentation", { flows: [flow({ ip: "203.0.113.25" })] }, "which is reserved for documentation"],
    ["everything", { flows: [flow({ ip: "0.0.0.0" })] }, "which is no destination"],
    ["just before 172.16/12", { flows: [flow({ ip: "172.15.255.255" })] }, "pass"],
    ["just past 172.16/12", { flows: [flow({ ip: "172.32.0.1" })] }, "pass"],
    ["public", { flows: [flow()] }, "pass"],
    ["no flow", {}, "not-applicable"],
  ],
  "route-has-filter": [
    ["every alert", { routes: [route({ filtered: false, severities: null })] }, "urgent sends every alert"],
    ["a filter", { routes: [route()] }, "pass"],
    ["a system that offers no filters", { routes: [route({ filtered: undefined })] }, "not-applicable"],
    ["a route that is switched off", { routes: [route({ filtered: false, enabled: false })] }, "not-applicable"],
  ],
  "alert-source-has-members": [
    ["one that is made without members", { sources: [source()] }, "Prod has neither a monitor nor a monitor group"],
    ["one with a member", { sources: [source()], members: [member()] }, "pass"],
    [
      "operators of a level are no monitors",
      { sources: [source()], members: [member({ role: "told", of: step(1) })] },
      "has neither a monitor",
    ],
    [
      "members of another one",
      { sources: [source()], members: [member({ of: { source: "x.other", step: null } })] },
      "has neither a monitor",
    ],
    ["a member that may be anybody's", { sources: [source()], members: [member({ of: { step: null } })] }, "pass"],
    ["one that is switched off", { sources: [source({ enabled: false })] }, "pass"],
    ["one that exists may have members by hand", { sources: [source({ id: "a" })] }, "not-applicable"],
    ["so may one that may be taken over", { sources: [source({ mayBeThere: true })] }, "not-applicable"],
    ["no definition", { mailers: [mailer()] }, "not-applicable"],
  ],
  "escalation-tells-somebody": [
    [
      "a level without anybody",
      { sources: [source()], escalations: [escalation()] },
      "escalation level 1 tells nobody",
    ],
    [
      "an operator of another level",
      { sources: [source()], escalations: [escalation()], members: [member({ role: "told", of: step(2) })] },
      "tells nobody",
    ],
    ["a monitor is nobody", { sources: [source()], escalations: [escalation()], members: [member()] }, "tells nobody"],
    [
      "an integration that is switched off",
      { sources: [source()], escalations: [escalation()], routes: [route({ enabled: false, of: step(1) })] },
      "tells nobody",
    ],
    [
      "an operator",
      { sources: [source()], escalations: [escalation()], members: [member({ role: "told", of: step(1) })] },
      "pass",
    ],
    ["an integration", { sources: [source()], escalations: [escalation()], routes: [route({ of: step(1) })] }, "pass"],
    [
      "an operator of a level that only the apply will tell",
      {
        sources: [source()],
        escalations: [escalation()],
        members: [member({ role: "told", of: { ...step(), step: undefined } })],
      },
      "pass",
    ],
    [
      "a level that is not said to be on",
      { sources: [source()], escalations: [escalation({ enabled: undefined })] },
      "not-applicable",
    ],
    [
      "a level of a definition that exists",
      { sources: [source({ id: "a" })], escalations: [escalation()] },
      "not-applicable",
    ],
  ],
  "hand-over-opens-alerts": [
    ["neither template nor mapping", handedOver(false), "Nothing says which messages open an alert in"],
    ["either of them", handedOver(true), "pass"],
    ["what the apply will tell is not claimed", handedOver(undefined), "pass"],
    ["disabled", { mailers: [mailer({ smtp: undefined, opensAlerts: false, enabled: false })] }, "not-applicable"],
    ["a plugin that mails", { mailers: [mailer()] }, "not-applicable"],
  ],
  "receivers-once": [
    [
      "the same severity, another case",
      { routes: [route(), route({ address: "x.second", receivers: ["OnCall@example.com"] })] },
      "OnCall@example.com gets these alerts already by outbound_vrops_notification_rule.route",
    ],
    [
      "everything and a part",
      { routes: [route({ severities: null, filtered: false }), route({ address: "x.second" })] },
      "gets these alerts already",
    ],
    ["other severities", { routes: [route(), route({ address: "x.second", severities: ["WARNING"] })] }, "pass"],
    ["another plugin", { routes: [route(), route({ address: "x.second", via: { mailer: "x.other" } })] }, "pass"],
    ["plugins that cannot be told", { routes: [route({ via: {} }), route({ address: "x.second", via: {} })] }, "pass"],
    [
      "a filter that is not known yet",
      { routes: [route({ severities: undefined }), route({ address: "x.second" })] },
      "pass",
    ],
    ["filters that are not told", { routes: [route({ severities: null }), route({ address: "x.second" })] }, "pass"],
    ["no route", { mailers: [mailer()] }, "not-applicable"],
  ],
  "receivers-in-allowed-domains": [
    [
      "another domain in a route",
      { routes: [route({ receivers: ["a@example.net"] })] },
      "a@example.net is outside of example.com",
      { allowedDomains: ["example.com"] },
    ],
    [
      "another domain in a test",
      { tests: [test({ receivers: ["a@sub.example.com"] })] },
      "a@sub.example.com is outside",
      { allowedDomains: ["example.com"] },
    ],
    [
      "allowed, whatever the case",
      { routes: [route({ receivers: ["a@Example.COM"] })] },
      "pass",
      { allowedDomains: ["EXAMPLE.com"] },
    ],
    [
      "groups have no domain",
      { routes: [route({ receivers: ["group oncall"] })] },
      "not-applicable",
      { allowedDomains: ["example.com"] },
    ],
    ["nothing configured", { routes: [route()] }, "not-applicable"],
  ],
  "test-email-present": [
    ["no test", { mailers: [mailer()] }, "No test mail goes by smtp.example.com:587"],
    ["a test of another server", { mailers: [mailer()], tests: [test({ smtp: smtp({ port: 465 }) })] }, "No test mail"],
    ["a test of the same server", { mailers: [mailer()], tests: [test()] }, "pass"],
    ["a plugin that is switched off", { mailers: [mailer({ enabled: false })] }, "not-applicable"],
  ],
};

describe.each(Object.entries(table).map(([id, cases]) => ({ id, cases })))("the rule $id", ({ id, cases }) => {
  it.each(cases.map((one) => ({ says: one[0], one })))("$says", ({ one: [, parts, expected, options] }) => {
    const { outcome, findings } = result(id, parts, options);
    if (expected === "pass" || expected === "not-applicable") {
      expect(outcome).toBe(expected);
      expect(findings).toEqual([]);
    } else {
      expect(outcome).toBe("fail");
      expect(findings).toHaveLength(1);
      expect(findings[0]!.summary).toContain(expected);
      expect(findings[0]).toMatchObject({ id, docs: `docs/reference/rules/${id}.md` });
    }
  });

  it("can be acknowledged, and stays listed", () => {
    const [, parts, , options] = cases.find(([, , expected]) => !["pass", "not-applicable"].includes(expected))!;
    const [finding] = result(id, parts, options).findings;
    const { findings } = evaluate(topology(parts), {
      ...options,
      now: NOW,
      acknowledgements: [{ rule: id, reason: "MAIL-42", path: "stack", addresses: [finding!.path] }],
    });
    expect(findings.filter((one) => one.id === id)).toEqual([{ ...finding, acknowledged: { reason: "MAIL-42" } }]);
  });
});

describe("the catalogue", () => {
  it("has every rule's file and a table for every rule", () => {
    const files = readdirSync(join(__dirname, "../../lib/policy/rules")).map((file) => file.replace(/\.ts$/, ""));
    const ids = rules.map(({ id }) => id).sort();
    expect(files.filter((file) => file !== "index").sort()).toEqual(ids);
    expect(Object.keys(table).sort()).toEqual(ids);
  });

  it("finds nothing to say about an empty stack, and does not call that a pass", () => {
    const { results } = evaluate(topology(), { now: NOW });
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(["not-applicable"]));
    expect(results.every(({ because }) => because !== undefined && because.length > 0)).toBe(true);
  });

  it("claims nothing of what only the apply will tell", () => {
    const unknown = { host: undefined, port: undefined, security: undefined, sender: undefined, login: undefined };
    const { findings } = evaluate(
      topology({
        flows: [flow({ ip: undefined, port: undefined })],
        mailers: [mailer({ smtp: unknown, enabled: undefined })],
        routes: [
          route({ receivers: undefined, severities: undefined, filtered: undefined, enabled: undefined, via: {} }),
        ],
        tests: [test({ smtp: unknown, receivers: undefined, flows: undefined })],
      }),
      { now: NOW, allowedDomains: ["example.com"] },
    );
    expect(findings).toEqual([]);
  });
});
