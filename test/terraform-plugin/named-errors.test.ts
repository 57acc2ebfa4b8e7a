import { ProblemError } from "../../lib/core/problem";
import { wholeId } from "../../lib/terraform-plugin/import-identity";
import type { Resource } from "../../lib/terraform-plugin/resource";
import { defineSchema, string } from "../../lib/terraform-plugin/schema";
import { timeouts } from "../../lib/terraform-plugin/timeouts";
import { lab, only } from "./lab";

const described = { description: "…" };
const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { attributes: ["name"], twins: false },
  importIdentity: wholeId,
  attributes: {
    id: string("computed", { ...described, keep: true }),
    name: string("required", described),
    timeouts: timeouts({ delete: "20m" }),
  },
});
const prior = { id: "7", name: "Prod SMTP", timeouts: { read: "1ms", delete: "1ms" } };
const OBJECT = 'Object: lab_machine "7" (name = "Prod SMTP")';
const refused = new ProblemError({
  code: "lab/refused",
  severity: "error",
  summary: "The lab refuses",
  fix: "Ask it.",
});

type Handler = Partial<Resource<typeof schema>>;
const of = (handler: Handler) => lab<typeof schema>({ schema, ...handler });
const never = (_: unknown, { signal }: { readonly signal: AbortSignal }) =>
  new Promise<never>((_settle, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));

// What is deleted is declared nowhere, so Terraform shows no address.
it.each<[string, Handler, string]>([
  ["took too long", { delete: never }, "It took too long to delete lab_machine"],
  ["was refused", { delete: () => Promise.reject(refused) }, "The lab refuses"],
  ["has a defect", { delete: () => Promise.reject(new Error("of ours")) }, "The provider failed to delete lab_machine"],
])("a deletion that %s names its object", async (_what, handler, summary) => {
  const said = only((await of(handler).apply({ prior, planned: null })).diagnostics);
  expect(said).toContain(summary);
  expect(said).toContain(OBJECT);
});

it("a reading that took too long names its object", async () => {
  const said = only((await of({ read: never }).read(prior)).diagnostics);
  expect(said).toContain("It took too long to read lab_machine");
  expect(said).toContain(OBJECT);
});

it("a stored state that does not decode names its object as far as it can be made out", async () => {
  const said = only((await of({}).upgrade('{"id":"7","name":["x"]}')).diagnostics);
  expect(said).toContain('Object: lab_machine "7"');
  expect(only((await of({}).upgrade('{"name":')).diagnostics)).not.toContain("Object:");
});

it("what says the name already does not say it twice", async () => {
  const named = new ProblemError({
    code: "lab/refused",
    severity: "error",
    summary: 'lab_machine "7" (name = "Prod SMTP") is in use',
    fix: "Ask it.",
  });
  const said = only((await of({ delete: () => Promise.reject(named) }).apply({ prior, planned: null })).diagnostics);
  expect(said).not.toContain("Object:");
});

it("a warning is of more than its object", async () => {
  const warned = of({
    delete: async (_request, { report }) =>
      report({ code: "lab/w", severity: "warning", summary: "Slow", fix: "Wait." }),
  });
  expect(only((await warned.apply({ prior, planned: null })).diagnostics)).not.toContain("Object:");
});
