import { createHash } from "node:crypto";
import { isBoundToStack, type Binding } from "../../lib/plan";
import { differenceBetween, readReviewed, toHtml, toJson, toMarkdown } from "../../lib/review";
import { FLOW, flow, planJson } from "./support/plan-json";
import { CONFIGURATION, reviewed } from "./support/reviewed";

/** What decides about an apply besides its changes, as reviewers see it and as reviews are compared. */

const opening = planJson([{ type: FLOW, name: "smtp", after: flow() }], {
  variables: { password: { value: "hunter2-hunter2" } },
});

const digest = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;
const provisioner = (command: string): Binding => ({
  kind: "provisioner",
  name: "null_resource.hook: local-exec",
  digest: digest(command),
  lines: [`command = ${JSON.stringify(command)}`],
});
const provider = (url: string): Binding => ({
  kind: "provider",
  name: "provider outbound",
  digest: digest(url),
  lines: [`vrops.url = ${JSON.stringify(url)}`],
});
const file = (digest: string): Binding => ({ kind: "file", name: "modules/m/main.tf", digest, lines: [] });

const with_ = (...bindings: Binding[]) =>
  reviewed(opening, undefined, "production", { bindings: [...bindings, CONFIGURATION] });

it("the same changes with something else beside them have another hash, in every place where it stands", () => {
  const [one, other] = [with_(), with_(provisioner("make"))];
  expect(other.changes).toEqual(one.changes);
  expect(other.hash).not.toBe(one.hash);
  expect(other.next.command).toContain(other.hash);
  expect(readReviewed(toMarkdown(other), "review.md").hash).toBe(other.hash);
  expect(readReviewed(toJson(other), "review.json").hash).toBe(other.hash);
});

it("a provisioner keeps a review from being in order", () => {
  expect(with_(provisioner("make")).verdict).toMatchObject({
    status: "attention",
    line: expect.stringContaining("1 thing that no rule can judge"),
  });
});

it("an action that is invoked is something to look at, also where nothing changes", () => {
  const plan = planJson([], { action_invocations: [{ address: "action.local_command.x", config_values: {} }] });
  const action: Binding = { kind: "action", name: "action.local_command.x on request", digest: digest(""), lines: [] };
  const review = reviewed(plan, undefined, "production", { bindings: [action, CONFIGURATION] });
  expect(review.verdict).toEqual({
    status: "attention",
    line: "nothing to do, 0 findings; 1 thing that no rule can judge",
  });
  expect(review.next.command).toContain(review.hash);
  expect(toMarkdown(review)).toContain("- `action.local_command.x on request` is invoked beside the planned changes");
});

it("what a command holds does nothing where it is shown, and no secret is shown", () => {
  const review = with_(provisioner("curl -H 'x: hunter2-hunter2' --> </details> ::error::x <img src=x> `a` \u202e"));
  for (const text of [toMarkdown(review), toHtml(review), toJson(review)]) expect(text).not.toContain("hunter2");
  expect(toHtml(review)).not.toContain("<img");
  expect(toHtml(review)).toContain("⟨U+202E⟩");
  const quoted = toMarkdown(review)
    .split("\n")
    .filter((line) => line.includes("curl"));
  expect(quoted).toEqual([expect.stringMatching(/^> {3}- ``? .*``?$|^> {3}- `+ ?.* ?`+$/)]);
});

it("a long command shows its end, where an attacker would put something", () => {
  const review = with_(provisioner(`${"x".repeat(5_000)}; evil`));
  expect(toHtml(review)).toContain("; evil");
  expect(toMarkdown(review)).toContain("; evil");
});

it("of a plan alone it says so, and is not what the stack's review is", () => {
  const alone = reviewed(opening, undefined, "production", { bindings: [] });
  expect([alone.boundTo, isBoundToStack(alone.bindings)]).toEqual(["plan", false]);
  expect(alone.hash).not.toBe(with_().hash);
  for (const text of [toMarkdown(alone), toHtml(alone)]) expect(text).toContain("Made from a plan alone");
  expect(readReviewed(toMarkdown(alone), "review.md").boundTo).toBe("plan");
  expect(toMarkdown(with_())).not.toContain("Made from a plan alone");
});

describe("the difference", () => {
  it("names what was added, what is gone and what is another, with the lines", () => {
    const before = readReviewed(toJson(with_(provider("https://a.example"), file("sha256:1"))), "review.json");
    const text = differenceBetween(before, with_(provisioner("curl evil"), provider("https://b.example")));
    expect(text.split("\n")).toEqual([
      "Differences between the reviewed plan and this one:",
      "  reviewed, but gone: file modules/m/main.tf",
      "  not as reviewed: provider outbound",
      '      reviewed: vrops.url = "https://a.example"',
      '      now:      vrops.url = "https://b.example"',
      "  not reviewed: provisioner null_resource.hook: local-exec",
      '      command = "curl evil"',
    ]);
  });

  it("names what only its digest tells", () => {
    const before = readReviewed(toJson(with_(file("sha256:1"))), "review.json");
    expect(differenceBetween(before, with_(file("sha256:2")))).toContain("not as reviewed: file modules/m/main.tf");
  });

  it("of a comment, which does not say what it was bound to, is what it is bound to now", () => {
    const before = readReviewed(toMarkdown(with_()), "review.md");
    const text = differenceBetween(before, with_(provisioner("curl evil")));
    expect(text).toContain("It is bound to now:\n  provisioner null_resource.hook: local-exec");
    expect(text).toContain('      command = "curl evil"');
  });
});
