import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { GITHUB_BOT, HEAD, startForge, TOKEN, NUMBER, type ForgeServer } from "../forge/support/forge-server";
import { FLOW, flow, kept, planJson, PLUGIN, plugin, rule, RULE } from "../review/support/plan-json";
import { Place } from "./mail/run-outbound";

// Several stacks as a shell reviews and applies them; terraform is a script that answers with the plan of the stack it runs in.

let place: Place;
const at = (...path: string[]) => join(place.directory, ...path);

beforeEach(() => {
  place = new Place();
  synthesise("north", "south", "west");
  place.write(
    "terraform",
    `#!/bin/sh
stack=$(basename "$PWD")
here='${place.directory}'
case "$1" in
  version) echo "Terraform v1.11.4" ;;
  plan) [ ! -e "$here/no-plan/$stack" ] || { cat "$here/no-plan/$stack"; exit 1; }
    echo "plan $stack" >> "$here/asked"; for a; do case "$a" in -out=*) echo "PK" > "\${a#-out=}" ;; esac; done ;;
  show) cat "$here/plans/$stack.json" ;;
  apply) for file; do :; done; [ -e "$file" ] || exit 9; echo "apply $stack" >> "$here/asked"; echo "$file" >> "$here/files"
    [ ! -p "$here/wait/$stack" ] || read line < "$here/wait/$stack"
    [ ! -e "$here/fail/$stack" ] || { echo "Error: vROps said hunter2-hunter2"; exit 1; }; echo "Apply complete! Resources: 1 added." ;;
esac
`,
  );
  chmodSync(at("terraform"), 0o755);
  place.environment = environment();
});

const environment = () => ({
  PATH: process.env["PATH"]!,
  HOME: place.directory,
  TERRAFORM_BINARY_NAME: at("terraform"),
});
const synthesise = (...names: string[]) => {
  place.synthesise({ resource: {} }, ...names);
  for (const name of names) mkdirSync(at("cdktf.out/stacks", name, ".terraform"), { recursive: true });
};
const planned = (stack: string, ...resources: Parameters<typeof planJson>[0]) =>
  place.write(`plans/${stack}.json`, planJson(resources, { variables: { password: { value: "hunter2-hunter2" } } }));
const asked = () => (existsSync(at("asked")) ? readFileSync(at("asked"), "utf8").trim().split("\n") : []);
const text = (path: string) => readFileSync(at(path), "utf8");
const json = (path: string) => JSON.parse(text(path)) as Record<string, unknown>;

const opening = { type: FLOW, name: "smtp", after: flow() };
const closing = [{ type: FLOW, before: flow() }, kept(PLUGIN, plugin()), kept(RULE, rule())];
const idle = kept(FLOW, flow());

let seen: (line: string) => void = () => undefined;
afterEach(() => (seen = () => undefined));
const outbound = (...argv: string[]) => place.run(argv, undefined, (line) => seen(line));

const FILES =
  "--md r.md --json r.json --html r.html --sarif r.sarif --junit r.xml --code-quality q.json --findings f.json";

describe("outbound review of several stacks", () => {
  beforeEach(() => {
    planned("north", opening);
    planned("south", ...closing);
    planned("west", idle);
  });

  it.each([
    [["north", "south", "--plan", "plan.json"], 2, "cli/bad-option"],
    [["*th", "--parallelism", "0"], 2, "cli/bad-option"],
    [["east-*"], 1, "plan/no-such-stack"],
  ])("refuses %j", async (argv, exit, problem) => {
    const { code, err } = await outbound("review", ...argv);
    expect([code, err]).toEqual([exit, expect.stringContaining(`(${problem})`)]);
    expect(asked()).toEqual([]);
  });

  it("one that cannot be planned says why, in every format, and hides none of the others", async () => {
    place.write("no-plan/north", "Error: vROps at hunter2-hunter2 said <b>no</b>\n");
    place.environment = { ...environment(), VROPS_PASSWORD: "hunter2-hunter2" };
    const { code, err } = await outbound("review", "*", ...FILES.split(" "));
    expect([code, err]).toEqual([1, expect.stringContaining("(north)")]);
    expect(err).toContain("(plan/terraform-failed)");
    for (const name of ["r.md", "r.json", "r.html", "r.sarif", "r.xml", "q.json", "f.json"]) {
      expect(text(name)).toContain("north");
      expect([name, /.{60}hunter2.{10}/s.exec(text(name))?.[0]]).toEqual([name, undefined]);
    }
    expect(text("r.md")).toContain("## ❌ `*`: 3 stacks: 1 not planned, 1 stops alerts, 1 without changes");
    expect(text("r.md")).toContain("## ⛔ south: stops alerts");
    expect(text("r.html")).not.toContain("<b>no</b>");
    expect(json("r.json")).toMatchObject({
      format: "outbound-fleet-review/1",
      fleet: "*",
      statuses: { "not-planned": 1, "stops-alerts": 1, "no-changes": 1 },
      stacks: [
        { format: "outbound-not-planned/1", stack: "north" },
        { format: "outbound-review/1", stack: "south" },
        { format: "outbound-review/1", stack: "west" },
      ],
    });
    expect(text("r.xml").match(/<testsuite /g)).toHaveLength(3);
  });

  it("where nothing was synthesised, a review says so in place of that of an earlier commit", async () => {
    const { code } = await outbound("review", "*", "--output", "elsewhere", "--md", "r.md");
    expect([code, text("r.md")]).toEqual([1, expect.stringMatching(/^<!-- outbound-fleet-review [^]*could not plan/)]);
  });

  it("plans so many at a time, and says which", async () => {
    const { code, err } = await outbound("review", "*", "--parallelism", "1", "--md", "r.md");
    expect([code, asked()]).toEqual([0, ["plan north", "plan south", "plan west"]]);
    expect(err).toMatch(/Planning north …\nnorth: planned \(1 of 3\)\nPlanning south …\nsouth: planned \(2 of 3\)/);
    expect(err).toContain("south: stops alerts: 1 to destroy");
    expect(err).toMatch(/\*: 3 stacks: 1 stops alerts, 1 to look at, 1 without changes$/m);
  });

  it("the worst stack counts for --fail-on, and its findings name it", async () => {
    expect((await outbound("review", "north", "west", "--fail-on", "error")).code).toBe(0);
    expect((await outbound("review", "*", "--fail-on", "error", ...FILES.split(" "))).code).toBe(1);
    expect(json("f.json")).toMatchObject({
      findings: expect.arrayContaining([
        expect.objectContaining({ path: expect.stringMatching(/^south: /) as string }),
      ]) as unknown,
    });
    expect(text("r.sarif")).toContain("cdktf.out/stacks/south/cdk.tf.json");
    expect((JSON.parse(text("r.sarif")) as { runs: unknown[] }).runs).toHaveLength(1);
    expect(text("q.json")).toContain('"path": "cdktf.out/stacks/south/cdk.tf.json"');
  });

  it("is the same whichever stack is planned first, each with the hash that it has alone", async () => {
    const secret = (name: string) => ({
      variables: { password: { value: `value-of-${name}` }, other: { value: "value-of-north" } },
    });
    place.write("plans/north.json", planJson([opening], secret("north")));
    place.write("plans/west.json", planJson([opening], secret("west")));
    await outbound("review", "*", "--parallelism", "1", "--json", "one.json");
    await outbound("review", "*", "--parallelism", "3", "--json", "three.json");
    expect(text("three.json")).toBe(text("one.json"));
    await outbound("review", "west", "--json", "alone.json");
    const { stacks } = json("one.json") as { stacks: { hash: string }[] };
    expect(stacks[2]!.hash).toBe(json("alone.json")["hash"]);
  });

  it("a pattern is a fleet although one stack matches it; one name is a stack, as ever", async () => {
    await outbound("review", "nor*", "--json", "r.json");
    expect(json("r.json")).toMatchObject({ format: "outbound-fleet-review/1", stacks: [{ stack: "north" }] });
    await outbound("review", "north", "north", "--json", "r.json");
    expect(json("r.json")).toMatchObject({ format: "outbound-review/1", stack: "north" });
  });
});

describe("outbound apply-reviewed of several stacks", () => {
  beforeEach(async () => {
    planned("north", opening);
    planned("south", ...closing);
    planned("west", idle);
    await reviewed();
  });
  const reviewed = async (...argv: string[]) => {
    await outbound("review", "*", "--json", "r.json", "--md", "r.md", ...argv);
    rmSync(at("asked"), { force: true });
  };
  const applies = () => asked().filter((line) => line.startsWith("apply"));
  const apply = (...argv: string[]) =>
    outbound("apply-reviewed", "*", "--parallelism", "1", "--review", "r.json", ...argv);

  it.each([
    ["a hash, which is of one stack", ["*", "--hash", `sha256:${"0".repeat(64)}`], 2, "cli/bad-option"],
    ["another selection", ["north", "south", "--review", "r.json"], 1, "review/other-stacks"],
    ["a part of what was reviewed", ["nor*", "--review", "r.json"], 1, "review/other-stacks"],
    ["one stack, by the review of all", ["north", "--review", "r.md"], 1, "review/other-stacks"],
    ["several stacks, by the review of one", ["*", "--review", "one.json"], 1, "review/other-stacks"],
  ])("refuses %s, before it plans", async (_, argv, exit, problem) => {
    await outbound("review", "north", "--json", "one.json");
    rmSync(at("asked"));
    const { code, err } = await outbound("apply-reviewed", ...argv);
    expect([code, err]).toEqual([exit, expect.stringContaining(`(${problem})`)]);
    expect(asked()).toEqual([]);
  });

  it.each(["r.json", "r.md"])("refuses all where one plan is another, with the difference: %s", async (file) => {
    planned("south", { type: RULE, before: rule(), after: rule({ receivers: ["stranger@example.net"] }) });
    const { code, err } = await outbound("apply-reviewed", "*", "--review", file);
    expect([code, err]).toEqual([1, expect.stringContaining("(south)")]);
    expect(err).toContain("(review/another-plan)");
    expect(err).toContain("stranger@example.net");
    expect(asked().sort()).toEqual(["plan north", "plan south", "plan west"]);
  });

  it("refuses all where one cannot be planned any more, and names every such", async () => {
    place.write("no-plan/south", "Error: no\n");
    place.write("no-plan/west", "Error: no\n");
    const { code, err } = await apply();
    expect([code, applies()]).toEqual([1, []]);
    expect(err).toMatch(/Nothing is applied in any of the 3 stacks\.[^]*\(south\)[^]*\(west\)/);
  });

  it("refuses a stack that came after the review and has changes; one without changes stops nobody", async () => {
    synthesise("east", "north", "south", "west");
    planned("east", opening);
    const { code, err } = await apply();
    expect([code, err, applies()]).toEqual([1, expect.stringContaining("(review/stack-not-reviewed)"), []]);
    planned("east", idle);
    expect(await apply()).toMatchObject({ code: 0 });
    expect(applies()).toEqual(["apply north", "apply south"]);
  });

  it("refuses what was reviewed and is no longer there, before it plans", async () => {
    synthesise("north", "south");
    const { code, err } = await apply();
    expect([code, err, asked()]).toEqual([1, expect.stringContaining("(review/stacks-gone)"), []]);
    expect(err).toContain("Got: west");
  });

  it("refuses a review in which a stack was not planned", async () => {
    place.write("no-plan/west", "Error: no\n");
    await reviewed();
    rmSync(at("no-plan/west"));
    for (const file of ["r.json", "r.md"]) {
      const { code, err } = await outbound("apply-reviewed", "*", "--review", file);
      expect([code, err, asked()]).toEqual([2, expect.stringContaining("(review/not-planned)"), []]);
    }
  });

  it("applies all with the plans that were compared, and leaves no plan behind", async () => {
    const { code, out } = await apply();
    expect(code).toBe(0);
    expect(out.split("\n")).toEqual([
      "west: Nothing to apply: the systems are as the code says.",
      "north: Apply complete! Resources: 1 added.",
      "south: Apply complete! Resources: 1 added.",
    ]);
    expect(asked()).toEqual(["plan north", "plan south", "plan west", "apply north", "apply south"]);
    const plans = text("files").trim().split("\n");
    expect([plans.length, plans.filter((file) => existsSync(file))]).toEqual([2, []]);
  });

  it("takes the stacks from the review where none is named", async () => {
    expect((await outbound("apply-reviewed", "--review", "r.md")).code).toBe(0);
    expect(applies().sort()).toEqual(["apply north", "apply south"]);
  });

  it("begins no further one after one that fails, says what became of each, and goes on the next time", async () => {
    planned("west", opening);
    await reviewed();
    place.write("fail/south", "");
    const { code, err, out } = await apply();
    expect([code, out]).toEqual([1, "north: Apply complete! Resources: 1 added."]);
    expect(err).toContain("vROps said");
    expect(err).not.toContain("hunter2");
    expect(err).toContain("Got: applied: north; failed: south; not begun: west");
    expect(applies()).toEqual(["apply north", "apply south"]);

    rmSync(at("fail/south"));
    planned("north", idle);
    const again = await apply();
    expect([again.code, applies().slice(2)]).toEqual([0, ["apply south", "apply west"]]);
  });

  it("finishes those that are running when one fails", async () => {
    planned("west", opening);
    await reviewed();
    place.write("fail/north", "");
    mkdirSync(at("wait"));
    execFileSync("mkfifo", [at("wait/south")]);
    seen = (line) => {
      if (line.startsWith("north: could not be applied")) writeFileSync(at("wait/south"), "go on\n");
    };
    const { code, err, out } = await apply("--parallelism", "2");
    expect([code, out]).toEqual([1, "south: Apply complete! Resources: 1 added."]);
    expect(err).toContain("Got: applied: south; failed: north; not begun: west");
  });

  it("refuses what changes in a stack between the comparison and its apply", async () => {
    seen = (line) => {
      if (line.startsWith("Applying south")) place.write("cdktf.out/stacks/south/module.tf", "# exchanged");
    };
    const { code, err } = await apply();
    expect([code, err, applies()]).toEqual([1, expect.stringContaining("(review/changed-meanwhile)"), ["apply north"]]);
    expect(err).toContain("Got: applied: north; failed: south");
  });

  describe("--merged", () => {
    let forge: ForgeServer;
    beforeEach(async () => {
      forge = await startForge();
      place.environment = {
        ...environment(),
        GITHUB_API_URL: forge.url,
        GITHUB_REPOSITORY: "acme/alerts",
        GITHUB_REF: `refs/pull/${NUMBER}/merge`,
        GITHUB_SHA: "5".repeat(40),
        GITHUB_TOKEN: TOKEN,
      };
      await reviewed("--commit", HEAD);
      await outbound("comment", "r.md");
    });
    afterEach(() => forge.close());
    const merged = (...argv: string[]) => outbound("apply-reviewed", ...argv, "--merged");
    const expectRefused = async (problem: string, ...argv: string[]) => {
      const { code, err } = await merged(...argv);
      expect([code, err, applies()]).toEqual([1, expect.stringContaining(`(${problem})`), []]);
    };
    /** A job for one stack of the fleet has commented too. */
    const alone = async (stack: string, commit: string) => {
      await outbound("review", stack, "--commit", commit, "--md", "one.md");
      await outbound("comment", "one.md");
    };

    it("finds the comment of the same stacks, which every run has updated in place", async () => {
      await reviewed("--commit", HEAD);
      const { err } = await outbound("comment", "r.md");
      expect(err).toContain("*: the comment says it already");
      expect(forge.comments).toHaveLength(1);
      expect(await merged("*")).toMatchObject({ code: 0 });
      expect(applies().sort()).toEqual(["apply north", "apply south"]);
    });

    it.each([
      ["a part of them", ["nor*"]],
      ["the same by their names", ["north", "south", "west"]],
      ["one of them", ["north"]],
    ])("%s was not reviewed", async (_, names) => {
      await expectRefused("review/not-reviewed", ...names);
    });

    it("refuses the review of an earlier commit, of uncommitted changes, and what was not planned", async () => {
      const body = forge.comments[0]!.body;
      forge.comments[0]!.body = body.replace(`"commit":"${HEAD}"`, `"commit":"${"e".repeat(40)}"`);
      await expectRefused("review/another-commit", "*");
      forge.comments[0]!.body = body.replace('"uncommitted":false', '"uncommitted":true');
      await expectRefused("review/uncommitted", "*");
      forge.comments[0]!.body = body.replace('"uncommitted":false', '"uncommitted":null');
      await expectRefused("review/unknown-changes", "*");
      forge.comments[0]!.body = body.replace(/\["west","sha256:\w+"\]/, '["west",""]');
      await expectRefused("review/not-planned", "*");
    });

    it.each<[string, (header: string) => string]>([
      ["cut", (header) => header.slice(0, 200)],
      ["with a stack twice", (header) => header.replace('[["north"', '[["north","sha256:0"],["north"')],
      ["further down", (header) => `A word before.\n\n${header}`],
    ])("a hidden line that is %s is none", async (_, change) => {
      const [header, ...rest] = forge.comments[0]!.body.split("\n");
      forge.comments[0]!.body = [change(header!), ...rest].join("\n");
      await expectRefused("review/not-reviewed", "*");
    });

    it("a hidden line in the text of a plan is no review of another stack", async () => {
      const forged = text("r.md").split("\n")[0]!.replace("outbound-fleet-review", "outbound-review");
      forge.comments[0]!.body += `\n\`\`\`diff\n<!-- outbound-review {"stack":"north","hash":"sha256:0"} -->\n${forged}\n\`\`\``;
      await expectRefused("review/not-reviewed", "north");
    });

    it("an older comment of one of its stacks changes nothing; one of the same commit that says something else refuses", async () => {
      planned("north", ...closing);
      await alone("north", "e".repeat(40));
      planned("north", opening);
      rmSync(at("asked"));
      expect(await merged("*")).toMatchObject({ code: 0 });
      rmSync(at("asked"));

      planned("north", ...closing);
      await alone("north", HEAD);
      planned("north", opening);
      rmSync(at("asked"));
      await expectRefused("review/contradicting", "*");
      await expectRefused("review/contradicting", "north");
      // Somebody else's counts for nothing.
      forge.comments[1] = { ...forge.comments[1]!, author: "mallory" };
      expect(forge.comments[0]!.author).toBe(GITHUB_BOT);
      expect(await merged("*")).toMatchObject({ code: 0 });
    });

    it("takes a file in place of a comment that has no room for the hashes", async () => {
      const { body } = forge.comments[0]!;
      forge.comments[0]!.body = body.replace(/"stacks":\[\[.*\]\]/, '"stacks":null');
      await expectRefused("review/hashes-left-out", "*");
      expect(await merged("*", "--review", "r.json")).toMatchObject({ code: 0 });
    });

    it("without a review nothing may be left to do, in any stack", async () => {
      forge.comments.length = 0;
      await expectRefused("review/not-reviewed", "*");
      for (const stack of ["north", "south"]) planned(stack, idle);
      expect(await merged("*")).toMatchObject({ code: 0 });
    });

    it("gets no comment where nothing is to be done anywhere", async () => {
      forge.comments.length = 0;
      for (const stack of ["north", "south"]) planned(stack, idle);
      await reviewed("--commit", HEAD);
      expect((await outbound("comment", "r.md")).err).toContain("*: no changes, no comment");
      expect(forge.comments).toEqual([]);
    });
  });
});
