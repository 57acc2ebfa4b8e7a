import { ProblemError, type Problem } from "../../../lib/core/problem";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import { encodePrivate } from "../../../lib/terraform-plugin/private-state";
import type { Bound } from "../../../lib/terraform-plugin/provider";
import type { ReadRequest, Resource } from "../../../lib/terraform-plugin/resource";
import { defineSchema, number, string } from "../../../lib/terraform-plugin/schema";
import { timeouts } from "../../../lib/terraform-plugin/timeouts";
import type { ValueObject } from "../../../lib/terraform-plugin/values";
import { only } from "../lab";
import { back, BROKEN, described, providerLab, wire } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { attributes: ["host"], twins: false },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    host: string("required", { ...described, equal: (a, b) => a.toLowerCase() === b.toLowerCase() }),
    cores: number("optional", { ...described, default: 2 }),
    token: string("optional", { ...described, sensitive: true }),
    timeouts: timeouts({}),
  },
});
const prior: ValueObject = { id: "7", host: "Front", cores: 2, token: "correct horse", timeouts: null };

type Read = Resource<typeof schema>["read"];
const gone: Read = async () => null;

/** Reads once, with what Terraform keeps beside the state. */
function lab(handler: Read, connection: Partial<Bound<never, never>> = {}, parts: object = {}) {
  const ledgers = new MemoryLedgers();
  const told = ledgers.open("run", "9.9");
  const { ask, redactor } = providerLab(
    { resources: [{ handler: { schema, read: handler }, client: async () => "the client", ...connection }], ...parts },
    { openLedger: () => ledgers.open("run", "1.1") },
  );
  return {
    redactor,
    told: () => told.news().map(({ event }) => event),
    async read(state: ValueObject | null = prior, notes: Uint8Array = new Uint8Array()) {
      await ask("ConfigureProvider", { config: null, terraform_version: "1.14.0" });
      const current_state = wire(schema, state);
      const answer = await ask("ReadResource", { type_name: schema.type, current_state, private: notes });
      return {
        diagnostics: answer.diagnostics,
        sent: current_state,
        new_state: answer["new_state"],
        state: back(schema, answer["new_state"]),
        private: answer["private"] as Uint8Array,
      };
    },
    ask,
  };
}

/** What must hold whenever nobody could tell: the state that Terraform has is the best there is. */
function expectKept(answer: { readonly [name: string]: unknown }, notes: Uint8Array): void {
  expect(answer["new_state"]).toBe(answer["sent"]);
  expect(answer["private"]).toBe(notes);
}

describe("an object that is gone", () => {
  it("is left out of the state, with a warning that says so, why, and what to do either way", async () => {
    const { read, told } = lab(gone);
    const { state, diagnostics } = await read();
    expect(state).toBeNull();
    expect(diagnostics[0]!.severity).toBe("WARNING");
    const text = only(diagnostics);
    expect(text).toMatch(/^lab_machine 7 no longer exists outside Terraform\n/);
    expect(text).toContain("someone removed it");
    expect(text).toContain("Apply to create it anew.");
    expect(text).toContain("terraform state rm");
    expect(text).toContain("(terraform/vanished)");
    expect(told()).toEqual(["start", "vanished"]);
  });

  it("with the place that it was in is nobody's doing", async () => {
    const { read } = lab(gone, {}, { adviceWhenGone: () => "Nothing: a new sandbox has none of it." });
    const text = only((await read()).diagnostics);
    expect(text).toContain("What to do: Nothing: a new sandbox has none of it.");
    expect(text).not.toMatch(/someone removed|Apply to create/);
  });

  it("has lasting ones' advice where its place is still there", async () => {
    const { read } = lab(gone, {}, { adviceWhenGone: () => undefined });
    expect(only((await read()).diagnostics)).toContain("someone removed it");
  });

  it("is named by its type alone where it never had an id", async () => {
    const { diagnostics } = await lab(gone).read({ ...prior, id: null });
    expect(only(diagnostics)).toMatch(/^lab_machine no longer exists/);
  });

  it("right after an import is Terraform's to tell: it has never been in the state", async () => {
    const { state, diagnostics } = await lab(gone).read(prior, encodePrivate({ imported: true, notes: {} }));
    expect([state, diagnostics]).toEqual([null, []]);
  });
});

describe("what cannot be read", () => {
  const notes = encodePrivate({ imported: false, notes: { seen: 1 } });
  const refuses = (problem: Partial<Problem> = {}) => {
    throw new ProblemError({ code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask.", ...problem });
  };

  it("is an error that names the object, and the state stays as it was", async () => {
    const { read, told } = lab(async () => refuses());
    const answer = await read(prior, notes);
    expectKept(answer, notes);
    const text = only(answer.diagnostics);
    expect(text).toContain("The lab refused");
    expect(text).toContain('Object: lab_machine "7" (host = "Front")');
    expect(told()).toEqual([]);
  });

  it("by a mistake of the handler's own is a defect, and shows no secret", async () => {
    const answer = await lab(async ({ prior: { token } }) => Promise.reject(new TypeError(`no ${token}`))).read();
    const text = only(answer.diagnostics);
    expect(text).toContain("The provider failed to read lab_machine");
    expect(text).not.toContain("correct horse");
  });

  it("is not asked for where settings are missing", async () => {
    let asked = 0;
    const handler: Read = async () => (asked++, null);
    const answer = await lab(handler, { client: async () => refuses({ summary: "No URL" }) }).read(prior, notes);
    expectKept(answer, notes);
    expect(only(answer.diagnostics)).toContain("No URL");
    expect(asked).toBe(0);
  });

  it("within its time ends with that, and the state stays", async () => {
    const handler: Read = (_, { signal }) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    const limited = { ...prior, timeouts: { read: "5ms" } };
    const answer = await lab(handler).read(limited, notes);
    expectKept(answer, notes);
    expect(only(answer.diagnostics)).toContain("It took too long to read lab_machine");
  });

  it.each([
    ["a state of another shape", BROKEN, notes],
    ["notes that somebody edited", wire(schema, prior), Buffer.from("{")],
  ])("for %s is said, and both stay", async (_what, current_state, kept) => {
    const { ask } = lab(gone);
    const answer = await ask("ReadResource", { type_name: schema.type, current_state, private: kept });
    expectKept({ ...answer, sent: current_state }, kept);
    expect(answer.diagnostics).toMatchObject([{ severity: "ERROR" }]);
  });
});

describe("while settings are known only after apply", () => {
  const pending = {
    pending: (): Problem => ({ code: "lab/later", severity: "warning", summary: "Later", fix: "Go." }),
  };

  it("nobody is asked, which is said, and the state stays", async () => {
    let asked = 0;
    const notes = encodePrivate({ imported: false, notes: { seen: 1 } });
    const answer = await lab(async () => (asked++, null), pending).read(prior, notes);
    expectKept(answer, notes);
    expect(answer.diagnostics).toMatchObject([{ severity: "WARNING", summary: "Later" }]);
    expect(asked).toBe(0);
  });

  it("an import is tried all the same: there is no state that could stay", async () => {
    const { state } = await lab(async () => ({ ...prior, host: "back" }) as never, pending).read(
      prior,
      encodePrivate({ imported: true, notes: {} }),
    );
    expect(state).toMatchObject({ host: "back" });
  });
});

describe("an object that is there", () => {
  it("is told with what the state has kept of it, and keeps the spelling that the state has", async () => {
    const seen: ReadRequest<typeof schema>[] = [];
    const notes = encodePrivate({ imported: false, notes: { seen: 1 } });
    const { read, told } = lab(async (request) => (seen.push(request), { ...request.prior, host: "FRONT", cores: 4 }));
    const { state, diagnostics, private: kept } = await read(prior, notes);
    expect(seen).toEqual([{ prior, private: { seen: 1 }, imported: false }]);
    expect(state).toEqual({ ...prior, cores: 4 });
    expect(Buffer.from(kept)).toEqual(notes);
    expect(diagnostics).toEqual([]);
    expect(told()).toEqual(["start", "read"]);
  });

  it("after an import has defaults where nothing was found, belongs to the state, and is imported no more", async () => {
    const seen: boolean[] = [];
    const { read, told } = lab(async ({ prior: had, imported }) => (seen.push(imported), { ...had, cores: null! }));
    const { state, private: kept } = await read(
      { ...prior, cores: null },
      encodePrivate({ imported: true, notes: { seen: 1 } }),
    );
    expect(seen).toEqual([true]);
    expect(state).toEqual({ ...prior, cores: 2 });
    expect(JSON.parse(Buffer.from(kept).toString())).toEqual({ notes: { seen: 1 } });
    expect(told()).toEqual(["start", "owned", "read"]);
  });

  it("comes with what the handler reports, and with what the answers have shown", async () => {
    const warning = (summary: string): Problem => ({ code: "lab/old", severity: "warning", summary, fix: "Renew." });
    const { diagnostics } = await lab(async ({ prior: had }, { report }) => (report(warning("Old")), had), {
      answered: () => [warning("Soon over")],
    }).read();
    expect(diagnostics.map(({ severity, summary }) => `${severity} ${summary}`)).toEqual([
      "WARNING Old",
      "WARNING Soon over",
    ]);
  });
});

it("of nothing asks nobody, and leaves it so", async () => {
  const kept = encodePrivate({ imported: false, notes: { seen: 1 } });
  const answer = await lab(async () => Promise.reject(new Error("asked"))).read(null, kept);
  expectKept(answer, kept);
  expect([answer.state, answer.diagnostics]).toEqual([null, []]);
});

it.each([true, false])(
  "of a type whose objects nothing makes the same goes without a record (imported: %s)",
  async (imported) => {
    const apart = { ...schema, identity: { none: "the lab has no other objects" } };
    for (const found of [null, prior]) {
      const handler = { schema: apart, read: async () => found };
      const { ask } = providerLab({ resources: [{ handler, client: async () => undefined }] });
      await ask("ConfigureProvider", { config: null, terraform_version: "1.14.0" });
      const notes = encodePrivate({ imported, notes: {} });
      const request = { type_name: schema.type, current_state: wire(schema, prior), private: notes };
      const answer = await ask("ReadResource", request);
      expect(back(schema, answer["new_state"])).toEqual(found);
      expect(answer.diagnostics.every(({ severity }) => severity === "WARNING")).toBe(true);
    }
  },
);
