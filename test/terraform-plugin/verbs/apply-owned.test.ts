import { ProblemError } from "../../../lib/core/problem";
import { wholeId } from "../../../lib/terraform-plugin/import-identity";
import { identityKey } from "../../../lib/terraform-plugin/ownership/identity";
import { MemoryLedgers } from "../../../lib/terraform-plugin/ownership/ledger";
import type { LedgerEvent } from "../../../lib/terraform-plugin/ownership/record";
import { decodePrivate } from "../../../lib/terraform-plugin/private-state";
import type { Resource } from "../../../lib/terraform-plugin/resource";
import { defineSchema, string } from "../../../lib/terraform-plugin/schema";
import { UNKNOWN, type ValueObject } from "../../../lib/terraform-plugin/values";
import { only, type Diagnostic } from "../lab";
import { back, described, providerLab, wire } from "../provider-lab";

const schema = defineSchema({
  type: "lab_machine",
  description: "…",
  identity: { attributes: ["name"], twins: false },
  importIdentity: wholeId,
  attributes: { id: string("computed", { ...described, keep: true }), name: string("required", described) },
});
type Machine = Resource<typeof schema>;
const front: ValueObject = { id: "7", name: "front" };
const planned: ValueObject = { id: UNKNOWN, name: "front" };

const where = { realm: "", type: schema.type };
const object = { ...where, id: "7" };
const keyOf = (name: string) => identityKey(schema, { name })!;
const notes = { found: "before" };
const fate = (event: "keep" | "destroy", key: string | null): LedgerEvent => ({
  event,
  object,
  was: keyOf("front"),
  key: key === null ? null : keyOf(key),
  notes,
});
const creates: LedgerEvent = { event: "create", ...where, key: keyOf("front") };
const refused = new ProblemError({ code: "lab/x", severity: "error", summary: "The lab refused", fix: "Ask." });

const codeOf = ({ severity, detail }: Diagnostic) => `${severity} ${/^\((.*)\)$/m.exec(detail)![1]}`;

/** An apply, after a walk that has planned this. */
async function lab(plan: readonly LedgerEvent[], handler: Partial<Machine>) {
  const ledgers = new MemoryLedgers();
  const walk = ledgers.open("run", "1.1");
  for (const event of [{ event: "start", pid: 1, workspace: "default" } as const, ...plan]) walk.append(event, false);
  walk.close();
  const other = ledgers.open("run", "3.1");
  other.news();
  const { ask } = providerLab(
    { resources: [{ handler: { schema, ...handler }, client: async () => undefined }] },
    { openLedger: () => ledgers.open("run", "2.1"), clock: { now: () => 0, sleep: async () => undefined } },
  );
  await ask("ConfigureProvider", { config: null, terraform_version: "1.14.0" });
  return {
    other,
    /** What the apply has told the others since the last time. */
    told: () => other.news().map(({ event }) => event),
    async change(prior: ValueObject | null, next: ValueObject | null) {
      const answer = await ask("ApplyResourceChange", {
        type_name: schema.type,
        prior_state: wire(schema, prior),
        planned_state: wire(schema, next),
        config: wire(schema, next && { ...next, id: null }),
        planned_private: new Uint8Array(),
      });
      return {
        diagnostics: answer.diagnostics,
        state: back(schema, answer["new_state"]),
        ...decodePrivate(answer["private"] as Uint8Array),
      };
    },
  };
}

it("a change that is refused is asked for once where nobody gives the identity up, and is no import", async () => {
  let asked = 0;
  const { change } = await lab([fate("keep", "back")], { update: () => (asked++, Promise.reject(refused)) });
  const { diagnostics, imported } = await change(front, { id: "7", name: "back" });
  expect([asked, imported, diagnostics.map(codeOf)]).toEqual([1, false, ["ERROR lab/x"]]);
});

describe("a deletion", () => {
  it("that fails leaves the object in the state, and others may have it", async () => {
    const { change, told } = await lab([fate("destroy", null)], { delete: () => Promise.reject(refused) });
    const { state, diagnostics } = await change(front, null);
    expect(state).toEqual(front);
    expect(only(diagnostics)).toMatch(/^The lab refused\nObject: lab_machine "7" \(name = "front"\)/);
    expect(told()).toEqual(["start", "applying", "deleting", "delete-failed"]);
  });

  it("that is refused while something passes may succeed the next time, which is said beside", async () => {
    const { change, other } = await lab([fate("destroy", null), fate("destroy", null)], {
      delete: () => Promise.reject(refused),
    });
    other.append({ event: "release", object: { ...object, id: "8" }, key: keyOf("back"), notes: {} }, true);
    const { diagnostics } = await change(front, null);
    expect(diagnostics.map(codeOf)).toEqual(["WARNING terraform/still-used-perhaps", "ERROR lab/x"]);
  });

  it("of what should have passed to a create that failed is refused, and the object stays", async () => {
    const deleted: unknown[] = [];
    const { change, other } = await lab([fate("destroy", null), creates], {
      delete: async ({ prior }) => void deleted.push(prior),
    });
    other.append({ event: "create-failed", ...where, key: keyOf("front") }, true);
    const { state, diagnostics } = await change(front, null);
    expect([state, deleted]).toEqual([front, []]);
    expect(diagnostics).toMatchObject([{ severity: "ERROR" }]);
    expect(only(diagnostics)).toContain("terraform/successor-failed");
  });

  it("of what another address keeps asks nobody, and says so", async () => {
    const deleted: unknown[] = [];
    const { change } = await lab([fate("destroy", null), fate("keep", "front")], {
      delete: async ({ prior }) => void deleted.push(prior),
    });
    const { state, diagnostics } = await change(front, null);
    expect([state, deleted]).toEqual([null, []]);
    expect(diagnostics).toMatchObject([{ severity: "WARNING" }]);
    expect(only(diagnostics)).toContain("terraform/kept-by-another-address");
  });

  it("of what nobody else has goes, and is told", async () => {
    const deleted: unknown[] = [];
    const { change, told } = await lab([fate("destroy", null)], {
      delete: async ({ prior }) => void deleted.push(prior),
    });
    expect(await change(front, null)).toMatchObject({ state: null, diagnostics: [] });
    expect(deleted).toEqual([front]);
    expect(told()).toEqual(["start", "applying", "deleting", "deleted"]);
  });

  it("of what was never made asks, but tells of nothing", async () => {
    let asked = 0;
    const { change, told } = await lab([], { delete: async () => void (asked += 1) });
    await change({ id: null, name: "front" }, null);
    expect([asked, told()]).toEqual([1, ["start", "applying"]]);
  });
});

describe("a creation", () => {
  it("that fails before there is anything is told as failed", async () => {
    const { change, told } = await lab([creates], { create: () => Promise.reject(refused) });
    expect((await change(null, planned)).state).toBeNull();
    expect(told()).toEqual(["start", "applying", "create-failed"]);
  });

  it("that fails after there is something has it: nobody else may", async () => {
    const { change, told } = await lab([creates], {
      async create({ save }) {
        save(front as never);
        throw refused;
      },
    });
    const { state, diagnostics } = await change(null, planned);
    expect(state).toEqual(front);
    expect(only(diagnostics)).toContain("The lab refused");
    expect(told()).toEqual(["start", "applying", "take"]);
  });

  it("has what it returns, once, also when it has saved that before", async () => {
    const { change, told } = await lab([creates], {
      async create({ save }) {
        save(front as never);
        return front as never;
      },
    });
    expect(await change(null, planned)).toMatchObject({ state: front, diagnostics: [] });
    expect(told()).toEqual(["start", "applying", "take"]);
    const without = await lab([creates], { create: async () => front as never });
    await without.change(null, planned);
    expect(without.told()).toEqual(["start", "applying", "take"]);
  });

  it.each(["saves", "returns"])(
    "that %s what another address keeps is an error, and has nothing of it",
    async (how) => {
      const { change } = await lab([fate("keep", "front"), creates], {
        async create({ save }) {
          if (how === "saves") save(front as never);
          return front as never;
        },
      });
      const { state, diagnostics } = await change(null, planned);
      expect(state).toBeNull();
      expect(only(diagnostics)).toContain("terraform/owned-by-another-address");
    },
  );

  it.each(["saves", "returns"])(
    "that %s what another create has taken is an error, and has nothing of it",
    async (how) => {
      const { change, other } = await lab([creates, creates], {
        async create({ save }) {
          if (how === "saves") save(front as never);
          return front as never;
        },
      });
      other.append({ event: "take", object, key: keyOf("front"), claim: "3.1#1" }, true);
      const { state, diagnostics } = await change(null, planned);
      expect(state).toBeNull();
      expect(only(diagnostics)).toContain("terraform/declared-twice");
    },
  );

  it("that takes what passes has what was kept beside it, and says so", async () => {
    const { change } = await lab([fate("destroy", null), creates], {
      async create({ ownership }) {
        expect(ownership.passing()).toEqual([{ id: "7", notes }]);
        await ownership.take("7");
        return front as never;
      },
    });
    const answer = await change(null, planned);
    expect(answer).toMatchObject({ state: front, notes });
    expect(answer.diagnostics).toMatchObject([{ severity: "WARNING" }]);
    expect(only(answer.diagnostics)).toContain("terraform/passed-to-new-address");
  });

  it("may not take what another address keeps, nor what another create was faster to take", async () => {
    const takes: Partial<Machine> = {
      async create({ ownership }) {
        await ownership.take("7");
        return front as never;
      },
    };
    const kept = await lab([fate("keep", "front"), creates], takes);
    expect(only((await kept.change(null, planned)).diagnostics)).toContain("terraform/owned-by-another-address");
    const { change, other } = await lab([creates, creates], takes);
    other.append({ event: "take", object, key: keyOf("front"), claim: "3.1#1" }, true);
    expect(only((await change(null, planned)).diagnostics)).toContain("terraform/declared-twice");
  });

  it("goes on at one address of an identity after the other, in their order", async () => {
    const order: string[] = [];
    const { change } = await lab([creates, creates], {
      async create({ planned: { name } }) {
        order.push(`begin ${name}`);
        await new Promise(setImmediate);
        order.push(`end ${name}`);
        throw refused;
      },
    });
    await Promise.all([change(null, planned), change(null, planned), change(null, { ...planned, name: "back" })]);
    expect(order.slice(0, 2)).toEqual(["begin front", "begin back"]);
    expect(order.filter((one) => one.endsWith("front"))).toEqual([
      "begin front",
      "end front",
      "begin front",
      "end front",
    ]);
  });
});

describe("a change", () => {
  const back_ = { id: "7", name: "back" };

  it("is told when it is done, and not when it has failed", async () => {
    const done = await lab([fate("keep", "back")], { update: async () => back_ as never });
    expect((await done.change(front, back_)).state).toEqual(back_);
    expect(done.told()).toEqual(["start", "applying", "changed"]);
    const failed = await lab([fate("keep", "back")], { update: () => Promise.reject(refused) });
    expect((await failed.change(front, back_)).state).toEqual(front);
    expect(failed.told()).toEqual(["start", "applying"]);
  });

  it.each([
    ["gives it up later", "side", "terraform/identity-not-free-yet"],
    ["wants this one's", "front", "terraform/identities-exchanged"],
  ])("to an identity whose object %s says why it was refused", async (_what, next, code) => {
    const { change } = await lab(
      [
        fate("keep", "back"),
        { event: "keep", object: { ...where, id: "8" }, was: keyOf("back"), key: keyOf(next), notes: {} },
      ],
      { update: () => Promise.reject(refused) },
    );
    const { diagnostics } = await change(front, back_);
    expect(diagnostics.map(codeOf)).toEqual([`WARNING ${code}`, "ERROR lab/x"]);
  });

  it("of anything else that is refused has nothing to do with identities", async () => {
    const { change } = await lab([fate("keep", "front")], { update: () => Promise.reject(refused) });
    expect(only((await change(front, front)).diagnostics)).toContain("lab/x");
  });
});
