import type { Plan, ResourceChange } from "../../lib/plan";
import { Redactor } from "../../lib/core/redaction";
import { classify } from "../../lib/reconcile/classify";

const FLOW = "outbound_ovh_vrops_flow";

const change = (verb: ResourceChange["verb"], more: Partial<ResourceChange> = {}): ResourceChange => ({
  address: `${FLOW}.x`,
  type: FLOW,
  name: "x",
  provider: "",
  actions: [verb],
  verb,
  replacedBy: [],
  before: { id: "s/1" },
  after: { id: "s/1" },
  unknown: [],
  references: {},
  changed: [],
  ...more,
});

const plan = (resources: ResourceChange[], drift: ResourceChange[] = [], more: Partial<Plan> = {}): Plan => ({
  formatVersion: "1.2",
  terraformVersion: "1.11.4",
  timestamp: "",
  resources,
  drift,
  data: [],
  renames: { renames: [], ambiguous: [] },
  invocations: [],
  declared: [],
  outputs: [],
  variables: {},
  hash: "sha256:0",
  redactor: new Redactor(),
  ...more,
});

const buckets = (...args: Parameters<typeof plan>) =>
  classify(plan(...args), new Map()).entries.map(({ bucket, cause }) => [bucket, cause]);

describe("classify", () => {
  it.each<[string, ResourceChange["verb"], ResourceChange["verb"] | undefined, string, string | undefined]>([
    ["nothing to do", "none", undefined, "in-sync", undefined],
    ["only a computed value has changed", "none", "update", "in-sync", undefined],
    ["a new address for the same object", "move", undefined, "in-sync", undefined],
    ["changed outside", "update", "update", "drifted", "outside"],
    ["changed outside, and must be made anew", "replace", "update", "drifted", "outside"],
    ["changed in code", "update", undefined, "drifted", "code"],
    ["gone", "create", "delete", "missing", "outside"],
    ["never deployed", "create", undefined, "missing", "code"],
    ["taken out of the code", "delete", undefined, "unmanaged", "code"],
    ["to be forgotten", "forget", undefined, "unmanaged", "code"],
    ["to be adopted", "import", undefined, "unmanaged", "code"],
  ])("%s", (_, verb, drift, bucket, cause) =>
    expect(buckets([change(verb)], drift === undefined ? [] : [change(drift)])).toEqual([[bucket, cause]]),
  );

  it("sees no drift in outputs and data sources", () => {
    const output = { name: "note", verb: "update" as const, before: "a", after: "b" };
    expect(buckets([change("none")], [], { outputs: [output], data: [change("read")] })).toEqual([
      ["in-sync", undefined],
    ]);
  });

  it("calls unknown what nobody can tell, even when the plan is empty", () => {
    const { entries } = classify(plan([change("none")]), new Map([[FLOW, "no API"]]));
    expect(entries).toMatchObject([{ bucket: "unknown", reason: "no API" }]);
  });

  it("does not count what merely runs again because of the rest", () => {
    const test = change("replace", { address: "outbound_test_email.t", type: "outbound_test_email" });
    const result = classify(plan([change("update"), test], [change("update")]), new Map());
    expect(result).toMatchObject({ entries: [{ bucket: "drifted" }], followUps: ["outbound_test_email.t"] });
  });

  it("counts a test mail that is to be sent for no other reason: its last run may have failed", () => {
    const test = change("replace", { address: "outbound_test_email.t", type: "outbound_test_email" });
    expect(buckets([change("none"), test])).toEqual([
      ["in-sync", undefined],
      ["drifted", "code"],
    ]);
  });

  it("does not count a test mail that runs again because the last one is old", () => {
    const again = { address: "outbound_test_email.t", type: "outbound_test_email" };
    const old = change("replace", { ...again, replacedBy: ["tested_at"], unknown: ["tested_at"] });
    expect(buckets([change("none"), old])).toEqual([["in-sync", undefined]]);
    const alsoChanged = change("replace", { ...again, replacedBy: ["tested_at", "to"] });
    expect(buckets([change("none"), alsoChanged])).toHaveLength(2);
    const failed = change("replace", { ...again, reason: "replace_because_tainted" });
    expect(buckets([change("none"), failed])).toHaveLength(2);
  });

  it("shows what was and what is, from the refresh and not from the plan", () => {
    const drift = change("update", {
      changed: ["description"],
      before: { id: "s/1", description: "ours" },
      after: { id: "s/1", description: "theirs" },
    });
    const { entries } = classify(plan([change("update")], [drift]), new Map());
    expect(entries[0]?.differences).toEqual([{ attribute: "description", was: '"ours"', is: '"theirs"' }]);
  });

  it("calls what only changes its address neither missing nor unmanaged, and says how to tell Terraform", () => {
    const [from, to] = [`${FLOW}.old`, `${FLOW}.new`];
    const renames = [{ type: FLOW, from, to, how: "moved" as const, differs: [], doubts: [] }];
    const { entries } = classify(
      plan([change("delete", { address: from }), change("create", { address: to })], [], {
        renames: { renames, ambiguous: [] },
      }),
      new Map(),
    );
    expect(entries.map(({ bucket, cause }) => [bucket, cause])).toEqual([
      ["drifted", "code"],
      ["drifted", "code"],
    ]);
    expect(entries[0]?.reason).toContain(`the same object as ${to}`);
    expect(entries[1]?.reason).toContain("`moved`");
  });

  it("says of what is no longer declared that it will be deleted, and how it is kept", () => {
    const { entries } = classify(plan([change("delete")]), new Map());
    expect(entries[0]?.reason).toMatch(/deletes it.*removed.*destroy = false/);
  });
});
