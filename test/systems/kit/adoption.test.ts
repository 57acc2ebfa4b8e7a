import { ProblemError, type Problem } from "../../../lib/core/problem";
import { createOrTakeOver, type Creation } from "../../../lib/systems/kit/adoption";
import { CallError } from "../../../lib/systems/kit/rest-api";
import { objectWords } from "../../../lib/systems/kit/words";
import { webhookSchema } from "../../../lib/systems/uipath/webhook.schema";
import type { ObjectOwnership } from "../../../lib/terraform-plugin/ownership/address";
import { cannotTake } from "../../../lib/terraform-plugin/ownership/problems";
import type { Standing } from "../../../lib/terraform-plugin/ownership/standing";

interface Thing {
  readonly id: string;
  readonly url: string;
}

const words = objectWords({ name: "acme", title: "Acme" }, webhookSchema, {
  kind: "webhook",
  identifiedBy: "name",
  where: "Tenant, Webhooks",
  importId: { form: "its number", told: "its list", example: "42" },
});

const named = (id: string) => ({ type: webhookSchema.type, id, identity: 'name = "Alerts"' });

/** Declared is the URL "a". */
function world(existing: readonly Thing[], standings: Readonly<Record<string, Standing>>, twins = false) {
  const done: string[] = [];
  const reported: Problem[] = [];
  const ownership: ObjectOwnership = {
    twins,
    standing: async (id) => standings[id] ?? { kind: "free" },
    take: async (id) => {
      done.push(`take ${id}`);
      return standings[id] ?? { kind: "free" };
    },
    refusal: (id, standing) => cannotTake(named(id), standing as { kind: "kept" }),
    passing: () => [],
  };
  const creation = (more: Partial<Creation<Thing>> = {}): Creation<Thing> => ({
    words,
    name: "Alerts",
    idOf: ({ id }) => id,
    existing: async () => existing,
    differences: ({ url }) => (url === "a" ? [] : [`url is "${url}", declared "a"`]),
    create: async () => {
      done.push("create");
      return { id: "new", url: "a" };
    },
    write: async (item, differences, origin) => {
      done.push(`write ${item.id} (${origin}, ${differences.length} different)`);
      return { ...item, url: "a" };
    },
    save: ({ id }) => void done.push(`save ${id}`),
    ...more,
  });
  return {
    done,
    reported,
    codes: () => reported.map(({ code }) => code),
    run: (more?: Partial<Creation<Thing>>) =>
      createOrTakeOver(creation(more), { ownership, report: (problem) => reported.push(problem) }),
    problem: async (more?: Partial<Creation<Thing>>): Promise<Problem> => {
      try {
        await createOrTakeOver(creation(more), { ownership, report: () => undefined });
      } catch (error) {
        if (error instanceof ProblemError) return error.problems[0]!;
        throw error;
      }
      throw new Error("it was expected to fail, but did not");
    },
  };
}

const equal = { id: "1", url: "a" };
const other = { id: "2", url: "b" };

describe("after it has created one, what else has the identity", () => {
  const fresh = { id: "3", url: "b" };

  it("is told with both ids, unless it was there before or is the same in another case", async () => {
    const { run, codes } = world([other], { "2": { kind: "own", notes: {}, forgotten: false } }, true);
    await run({ besides: async () => [{ id: "NEW", url: "a" }, other] });
    expect(codes()).toEqual([]);
    await run({ besides: async () => [other, fresh] });
    expect(codes()).toEqual(["acme/appeared-meanwhile"]);
  });

  it("is looked for no sooner than the object is kept, and is no refusal when it cannot be told", async () => {
    const { done, problem } = world([other], { "2": { kind: "own", notes: {}, forgotten: false } }, true);
    const failed = new CallError({ code: "acme/refused", severity: "error", summary: "no", fix: "" }, {
      status: 409,
    } as CallError["failed"]);
    const { summary } = await problem({ besides: () => Promise.reject(failed) });
    expect([summary, done]).toEqual(["no", ["create", "save new"]]);
  });
});

it("creates where there is none", async () => {
  const { run, done } = world([], {});
  expect(await run()).toEqual({ id: "new", url: "a" });
  expect(done).toEqual(["create", "save new"]);
});

it("refuses a different one that nobody has, and changes nothing", async () => {
  const { problem, done } = world([other], {});
  expect(await problem()).toMatchObject({ code: "acme/already-exists", got: 'url is "b", declared "a"' });
  expect(done).toEqual([]);
});

it("refuses to choose among several different ones", async () => {
  const { problem } = world([other, { id: "3", url: "c" }], {});
  expect(await problem()).toMatchObject({ code: "acme/ambiguous", got: "ids 2, 3" });
});

it("adopts an equal one that nobody has, and says so", async () => {
  const { run, done, codes } = world([other, equal], {});
  await run();
  expect(done).toEqual(["take 1", "save 1", "write 1 (stranger, 0 different)"]);
  expect(codes()).toEqual(["acme/adopted"]);
});

it("changes a different one that nobody has where that is declared", async () => {
  const { run, done, codes } = world([other], {});
  await run({ adoptExisting: true });
  expect(done).toEqual(["take 2", "save 2", "write 2 (stranger, 1 different)"]);
  expect(codes()).toEqual(["acme/adopted-changed"]);
});

it("takes what passes from an address that goes away, also when it differs", async () => {
  const { run, done, codes } = world([other], { 2: { kind: "passing", notes: {} } });
  await run();
  expect(done).toEqual(["take 2", "save 2", "write 2 (address, 1 different)"]);
  // The engine says it, with the block that would have told Terraform.
  expect(codes()).toEqual([]);
});

it("prefers what passes to a stranger", async () => {
  const { run, done } = world([equal, other], { 2: { kind: "passing", notes: {} } });
  await run();
  expect(done[0]).toBe("take 2");
});

it("of several that pass takes one that is as declared, and the first where none is", async () => {
  const passing: Standing = { kind: "passing", notes: {} };
  const { run, done } = world([other, equal], { 1: passing, 2: passing });
  await run();
  expect(done[0]).toBe("take 1");
  const different = world([other, { id: "3", url: "c" }], { 2: passing, 3: passing });
  await different.run();
  expect(different.done[0]).toBe("take 2");
});

describe("names the object, in what it says of", () => {
  const nameOf = async (existing: readonly Thing[], more: Partial<Creation<Thing>> = {}) => {
    const { run, reported } = world(existing, {});
    const error = await run(more).then(
      () => undefined,
      (caught: unknown) => caught as ProblemError,
    );
    return error?.problems[0] ?? reported[0]!;
  };

  it("one that it takes over, with the ids of those that are equal", async () => {
    const { summary, got } = await nameOf([equal, { id: "4", url: "a" }]);
    expect(summary).toContain('"Alerts"');
    expect(got).toContain("4");
  });

  it.each<[string, readonly Thing[], Partial<Creation<Thing>>]>([
    ["one that it changes", [other], { adoptExisting: true }],
    ["one that is in the way", [other], {}],
    ["several that are in the way", [other, { id: "3", url: "c" }], {}],
    ["one that appeared meanwhile", [], { besides: async () => [other] }],
  ])("%s", async (_what, existing, more) => {
    expect((await nameOf(existing, more)).summary).toContain('"Alerts"');
  });
});

it.each(["kept", "taken", "renaming"] as const)("neither takes nor makes beside one that is %s", async (kind) => {
  const { problem, done } = world([equal], { 1: { kind } });
  expect((await problem()).code).toMatch(/^terraform\//);
  expect(done).toEqual([]);
});

it.each(["kept", "taken", "renaming"] as const)(
  "makes a second one beside one that is %s where the system allows it",
  async (kind) => {
    const { run, done } = world([equal], { 1: { kind } }, true);
    await run();
    expect(done).toEqual(["create", "save new"]);
  },
);

it.each([true, false])("refuses where it cannot know whose it is (twins: %s)", async (twins) => {
  const { problem, done } = world([equal], { 1: { kind: "unknowable" } }, twins);
  expect((await problem()).code).toBe("terraform/owner-unknown");
  expect(done).toEqual([]);
});

it("writes its own old object anew where there can be no second one", async () => {
  const { run, done } = world([equal], { 1: { kind: "own", notes: {}, forgotten: false } });
  await run();
  expect(done).toEqual(["take 1", "save 1", "write 1 (itself, 0 different)"]);
});

it("makes a second one beside its own old object where there can be, unless nobody will remove that", async () => {
  const own = world([equal], { 1: { kind: "own", notes: {}, forgotten: false } }, true);
  await own.run();
  expect(own.done).toEqual(["create", "save new"]);
  const forgotten = world([equal], { 1: { kind: "own", notes: {}, forgotten: true } }, true);
  await forgotten.run();
  expect(forgotten.done[0]).toBe("take 1");
});

describe("where the system refuses a second one, undocumented", () => {
  const refused = (status: number) => async (): Promise<Thing> => {
    const problem: Problem = {
      code: "acme/refused",
      severity: "error",
      summary: "Webhook Alerts already exists.",
      fix: "Choose another.",
    };
    throw new CallError(problem, { status } as CallError["failed"]);
  };
  const own: Standing = { kind: "own", notes: {}, forgotten: false };

  it.each([400, 403, 409, 422])("writes its own old object anew (status %i)", async (status) => {
    const { run, done } = world([other], { 2: own }, true);
    await run({ create: refused(status) });
    expect(done).toEqual(["take 2", "save 2", "write 2 (itself, 1 different)"]);
  });

  it("passes on what is no refusal, and a refusal that has nothing to do with another object", async () => {
    const failed = world([other], { 2: own }, true);
    expect((await failed.problem({ create: refused(503) })).code).toBe("acme/refused");
    expect(failed.done).toEqual([]);
    expect((await world([], {}, true).problem({ create: refused(400) })).code).toBe("acme/refused");
  });

  it.each(["kept", "taken", "renaming"] as const)("names the one that is %s beside the refusal", async (kind) => {
    const { run } = world([equal], { 1: { kind } }, true);
    const error = (await run({ create: refused(409) }).catch((caught: unknown) => caught)) as ProblemError;
    expect(error.problems.map(({ code }) => code)).toEqual(["acme/refused", cannotTake(named("1"), { kind }).code]);
  });
});

it("does not blame what has gone in this run where the system refuses a new one", async () => {
  const { run } = world([other], { "2": { kind: "gone" } });
  const problem: Problem = { code: "acme/refused", severity: "error", summary: "no", fix: "" };
  const failed = new CallError(problem, { status: 409 } as CallError["failed"]);
  const error = (await run({ create: () => Promise.reject(failed) }).catch((caught: unknown) => caught)) as CallError;
  expect(error.problems).toEqual([problem]);
});

it("does not see what has gone in this run", async () => {
  const { run, done } = world([other], { 2: { kind: "gone" } });
  await run();
  expect(done).toEqual(["create", "save new"]);
});
