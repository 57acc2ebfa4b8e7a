import { Overdue } from "../../lib/core/signals";
import { ProblemError, type Problem } from "../../lib/core/problem";
import { Redactor } from "../../lib/core/redaction";
import { diagnosticMessages, problemsOf } from "../../lib/terraform-plugin/diagnostics";
import { mapOf, nestedList, nestedObject, nestedSet, setOf, string } from "../../lib/terraform-plugin/schema";

const described = { description: "…" };
const inner = { kind: string("required", described) };
const attributes = {
  name: string("required", described),
  tags: setOf("string", "optional", described),
  labels: mapOf("string", "optional", described),
  list: nestedList(inner, "optional", described),
  set: nestedSet(inner, "optional", described),
  one: nestedObject(inner, "optional", described),
};
const problem = (path: Problem["path"], text = "wrong"): Problem => ({
  code: "test/wrong",
  severity: "error",
  summary: `It is ${text}`,
  path,
  got: text,
  expected: "right",
  fix: `Replace ${text}.`,
  evidence: `550 ${text}`,
});
const stepsOf = (path: Problem["path"]) =>
  diagnosticMessages([problem(path)], attributes, new Redactor())[0]!.attribute?.steps;

describe("a diagnostic", () => {
  it("masks secrets wherever they slipped in", () => {
    const redactor = new Redactor();
    redactor.add("hunter2-hunter2");
    const [message] = diagnosticMessages([problem(["name"], "hunter2-hunter2")], attributes, redactor);
    expect(JSON.stringify(message)).not.toContain("hunter2");
  });

  it("says what was got, what is expected, what to do and what was answered", () => {
    const [message] = diagnosticMessages([problem(["name"])], attributes, new Redactor());
    expect(message).toMatchObject({ severity: "ERROR", summary: "It is wrong" });
    expect(message!.detail!.split("\n")).toEqual([
      "Got: wrong",
      "Expected: right",
      "What to do: Replace wrong.",
      "Answer: 550 wrong",
      "(test/wrong)",
    ]);
  });

  it.each([
    [["name"], [{ attribute_name: "name" }]],
    [
      ["labels", "a"],
      [{ attribute_name: "labels" }, { element_key_string: "a" }],
    ],
    [
      ["list", 1, "kind"],
      [{ attribute_name: "list" }, { element_key_int: 1 }],
    ],
    // Terraform finds no attribute inside another, and would show the first line of the resource.
    [["one", "kind"], [{ attribute_name: "one" }]],
    // A set's elements have no address that Terraform could show.
    [["tags", 0], [{ attribute_name: "tags" }]],
    [["set", 0, "kind"], [{ attribute_name: "set" }]],
    [["no_such_attribute"], undefined],
    [undefined, undefined],
  ])("points at %j", (path, steps) => {
    expect(stepsOf(path)).toEqual(steps);
  });
});

it.each([
  [["one", "kind"], "Where: one.kind"],
  [["list", 1, "kind"], "Where: list[1].kind"],
  [["list", 1], "Got: wrong"],
  [["name"], "Got: wrong"],
])("tells in words what it cannot point at: %j", (path, first) => {
  const [message] = diagnosticMessages([problem(path)], attributes, new Redactor());
  expect(message!.detail!.split("\n")[0]).toBe(first);
});

describe("what a handler throws", () => {
  it("is taken as it is when catalogued", () => {
    expect(problemsOf(new ProblemError(problem(["name"])), "create")).toEqual([problem(["name"])]);
  });

  it("is called an interruption or a time-out when the handler was told to stop", () => {
    const broken = new Error("socket hang up");
    expect(problemsOf(broken, "create", { signal: AbortSignal.abort() })[0]!.code).toBe("terraform/interrupted");
    const tooLate = AbortSignal.abort(new DOMException("too long", "TimeoutError"));
    expect(problemsOf(broken, "create", { signal: tooLate })[0]!.code).toBe("terraform/timed-out");
  });

  it("brings what was being waited for, when it knows", () => {
    const call = { signal: AbortSignal.abort(new DOMException("too long", "TimeoutError")) };
    expect(problemsOf(new Overdue("vROps had not answered yet"), "read", call)[0]!).toMatchObject({
      code: "terraform/timed-out",
      evidence: "vROps had not answered yet",
    });
  });

  it("is taken as it is even then, when catalogued", () => {
    expect(problemsOf(new ProblemError(problem(["name"])), "create", { signal: AbortSignal.abort() })[0]!.code).toBe(
      "test/wrong",
    );
  });

  it("is admitted to be our defect otherwise", () => {
    expect(problemsOf(new TypeError("x is not a function"), "create x")[0]).toMatchObject({
      code: "terraform/defect",
      summary: "The provider failed to create x",
    });
  });
});

it("names commands as the program is called that runs the provider, and nothing else", () => {
  const fix = "Run `terraform import a b` or (terraform state rm a). A terraform of 1.11 imports.";
  const advice = (command: "terraform" | "tofu") =>
    diagnosticMessages([{ ...problem([]), fix }], {}, new Redactor(), undefined, () => command)[0]!.detail;
  expect(advice("terraform")).toContain(fix);
  expect(advice("tofu")).toContain("Run `tofu import a b` or (tofu state rm a). A terraform of 1.11 imports.");
});
