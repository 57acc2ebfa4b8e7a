import { ProblemError, type Problem } from "../../../lib/core/problem";
import type { Connected, Engine, Registered } from "../../../lib/terraform-plugin/registry";
import { connectionsOf, preflight, type Looked } from "../../../lib/terraform-plugin/verbs/preflight";

const problem: Problem = { code: "lab/login", severity: "error", summary: "Login refused", fix: "Log in." };
const warning: Problem = { ...problem, severity: "warning", summary: "Nobody answered" };
const call = { signal: new AbortController().signal };

/** A connection that writes down what is done with it. */
function connection(name: string, done: string[], more: Partial<Connected> = {}): Connected {
  return {
    client: async () => void done.push(`client ${name}`),
    checkLogin: async () => (done.push(`login ${name}`), []),
    pending: () => undefined,
    realm: () => "",
    answered: () => [],
    ...more,
  };
}

function world(own: Partial<Connected> = {}, others: Readonly<Record<string, Partial<Connected>>> = {}, asks = true) {
  const done: string[] = [];
  const entry = {
    ...connection("own", done, own),
    connectionTo: (name: string) => others[name] && connection(name, done, others[name]),
  } as unknown as Registered<unknown>;
  const engine = { provider: "the provider", refreshes: () => asks } as unknown as Engine;
  return {
    done,
    entry,
    look: (looked: Partial<Looked> = {}) =>
      preflight(engine, entry, { others: [], logsIn: true, doing: "plan lab_machine", ...looked }, call),
  };
}
const refuses = { checkLogin: () => Promise.reject(new ProblemError(problem)) };

describe("what will fail", () => {
  it.each([
    ["its own login", world(refuses)],
    ["the login of one that it asks", world({}, { porter: refuses })],
    ["settings that are missing", world({ client: () => Promise.reject(new ProblemError(problem)) })],
  ])("is said before: %s", async (_what, { look }) => {
    await expect(look({ others: ["porter"] })).rejects.toMatchObject({ problems: [{ summary: "Login refused" }] });
  });

  it("is all of it, with the warnings beside", async () => {
    const { look } = world(refuses, { porter: { checkLogin: async () => [warning] }, guard: refuses });
    const error = (await look({ others: ["porter", "guard"] }).catch((caught: unknown) => caught)) as ProblemError;
    expect(error.problems.map(({ summary }) => summary)).toEqual(["Login refused", "Nobody answered", "Login refused"]);
  });

  it("by a mistake of its own says what was tried", async () => {
    const { look } = world({ client: () => Promise.reject(new TypeError("no")) });
    await expect(look()).rejects.toMatchObject({ problems: [{ summary: "The provider failed to plan lab_machine" }] });
  });
});

it("warnings alone stop nothing, and are told", async () => {
  const { look } = world({ checkLogin: async () => [warning] });
  expect(await look()).toEqual([warning]);
  expect(await world().look()).toHaveLength(0);
});

describe("who is asked", () => {
  it("is nobody whose settings are not known yet", async () => {
    const { look, done } = world({ pending: () => warning }, { porter: {} });
    expect(await look({ others: ["porter"] })).toEqual([]);
    expect(done).toEqual(["client porter", "login porter"]);
  });

  it.each([
    ["where something was read already", world(), { logsIn: false }],
    ["in a run that asks no outside system", world({}, {}, false), {}],
  ])("is not logged in to %s, though its settings must be there", async (_what, { look, done }, looked) => {
    expect(await look(looked)).toEqual([]);
    expect(done).toEqual(["client own"]);
  });

  it("is each of the others once, and only those there are", () => {
    const { entry } = world({}, { porter: {} });
    expect(connectionsOf(entry, ["porter", "porter", "nobody"])).toHaveLength(2);
  });
});
