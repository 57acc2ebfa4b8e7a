import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import { SMTP_PASSWORD, type OwnedType } from "./owned-types";
import { Terraform, words, type ProviderProcess, type Run } from "./terraform";

const TIMEOUT = 240_000;
const PLAN = ["-no-color", "-input=false"] as const;

/**
 * The rungs about who owns an object: whatever everyday operation Terraform is asked for, every object is there exactly
 * once afterwards. A rung ends right at once, or in errors that lose nothing and say "apply again", and that apply ends
 * right. All types climb together, in one configuration.
 */
export function climbOwnership(
  types: readonly OwnedType[],
  options: Parameters<typeof startSandbox>[0],
  provider: ProviderProcess,
): void {
  let sandbox: Sandbox;
  let terraform: Terraform;
  /** How many objects there are of each type with `this` declared, and what stands beside. */
  let usual: Counts;

  beforeEach(async () => {
    sandbox = await startSandbox(options);
  }, TIMEOUT);
  afterEach(async () => {
    terraform?.remove();
    await sandbox.close();
  }, TIMEOUT);

  const beside = () => [SMTP_PASSWORD, ...types.map((one) => one.beside ?? "")].join("\n");
  const block = ({ type, body }: OwnedType, name = "this", line = "") =>
    `resource "${type}" "${name}" {${line === "" ? "" : `\n  ${line}`}${body(sandbox)}\n}`;
  const blocks = (name = "this", line = "") => types.map((one) => block(one, name, line)).join("\n");
  const addresses = (name = "this") => types.map(({ type }) => `${type}.${name}`);
  const list = (name: string) => `[${addresses(name).join(", ")}]`;

  type Counts = Readonly<Record<string, number>>;
  const counts = (): Counts =>
    Object.fromEntries(
      types.map(({ type, exists }) => [
        type,
        exists === "nothing"
          ? 0
          : (exists?.(sandbox) ??
            sandbox.objects().filter((one) => one.type === type && !one.foreign && one.builtIn !== true).length),
      ]),
    );
  const more = (number: number): Counts =>
    Object.fromEntries(
      types.map(({ type, identities }) => [
        type,
        usual[type]! + (identities === undefined || usual[type] === 0 ? 0 : number),
      ]),
    );
  const idsAt = (name: string) =>
    Object.fromEntries(types.map(({ type }) => [type, String(terraform.attributes(`${type}.${name}`)["id"])]));

  async function begin(config: string): Promise<void> {
    terraform.write(`${beside()}\n${config}`);
    await terraform.init();
    await terraform.applied();
    usual = counts();
    const absent = types.filter(({ type }) => usual[type] === 0);
    expect(absent).toEqual(types.filter(({ exists }) => exists === "nothing"));
  }

  /** Right at once, or errors that say "apply again" and lose nothing. */
  async function settles(run: Run, expected: Counts = usual): Promise<void> {
    if (run.code !== 0) {
      for (const error of errorsIn(run)) expect(error).toMatch(/apply again/i);
      const now = counts();
      for (const { type } of types) {
        expect({ type, lost: now[type]! < Math.min(usual[type]!, 1) }).toEqual({ type, lost: false });
      }
      await terraform.applied();
    }
    expect(counts()).toEqual(expected);
    expect((await terraform.plan()).actions).toEqual([]);
  }

  async function ends(run: Run, expected: Counts = usual): Promise<void> {
    await settles(run, expected);
    await terraform.destroyed();
    const left = sandbox.objects().filter(({ foreign, builtIn }) => !foreign && builtIn !== true);
    expect(left.filter(({ type }) => counts()[type] !== 0)).toEqual([]);
    expect(counts()).toEqual(Object.fromEntries(types.map(({ type }) => [type, 0])));
  }

  const rung = (title: string, play: () => Promise<void>, by = provider) =>
    it(
      title,
      async () => {
        terraform = new Terraform(sandbox.environment(), by);
        await play();
      },
      TIMEOUT,
    );

  rung("renamed, create first", async () => {
    // What depends on the old addresses goes first, so the destruction of the old ones waits.
    await begin(`${blocks()}\n${waits("last", `length(jsonencode(${list("this")}[*].id))`, "destroy")}`);
    const ids = idsAt("this");
    terraform.write(`${beside()}\n${blocks("renamed")}`);
    const run = await terraform.apply();
    if (run.code === 0) expect(idsAt("renamed")).toEqual(ids);
    await ends(run);
  });

  rung("renamed, destroy first", async () => {
    await begin(blocks());
    const ids = idsAt("this");
    const later = blocks("renamed", "depends_on = [terraform_data.first]");
    terraform.write(`${beside()}\n${later}\n${waits("first", "1", "create")}`);
    const run = await terraform.apply();
    if (run.code === 0) {
      expect(idsAt("renamed")).toEqual(ids);
      expect(words(run.output)).toContain("moved { from");
    }
    await ends(run);
  });

  rung("renamed at parallelism 1, and then into a module", async () => {
    await begin(blocks());
    terraform.write(`${beside()}\n${blocks("renamed")}`);
    await settles(await terraform.apply("-parallelism=1"));

    mkdirSync(join(terraform.directory, "inner"));
    terraform.write(`${beside()}\n${blocks()}`);
    writeFileSync(join(terraform.directory, "inner/main.tf"), terraform.mainText());
    terraform.write(`module "inner" {\n  source = "./inner"\n}`);
    await terraform.init();
    await ends(await terraform.apply());
  });

  rung("create_before_destroy with -replace, with taint, and away", async () => {
    await begin(blocks("this", "lifecycle { create_before_destroy = true }"));
    await settles(await terraform.apply(...addresses().map((address) => `-replace=${address}`)));
    for (const address of addresses()) await terraform.succeed("taint", address);
    await ends(await terraform.apply());
  });

  rung("count shifted at the front", async () => {
    const shifted = (positions: readonly (0 | 1 | 2)[]) =>
      types
        .map((one) => {
          const { identities } = one;
          if (identities === undefined) return block(one);
          const values = positions.map((position) => [identities.of, ...identities.others][position]);
          const chosen = "${" + `${JSON.stringify(values)}[count.index]` + "}";
          return block(one, "this", `count = ${values.length}`).replaceAll(identities.of, chosen);
        })
        .join("\n");
    const written = (positions: readonly (0 | 1 | 2)[]) => terraform.write(`${beside()}\n${shifted(positions)}`);
    await begin(shifted([0]));
    written([0, 1]);
    await terraform.applied();
    expect(counts()).toEqual(more(1));
    written([2, 0, 1]);
    await settles(await terraform.apply(), more(2));
    written([0, 1]);
    await ends(await terraform.apply(), more(1));
  });

  rung("for_each key renamed", async () => {
    await begin(blocks("this", 'for_each = toset(["a"])'));
    terraform.write(`${beside()}\n${blocks("this", 'for_each = toset(["b"])')}`);
    await ends(await terraform.apply());
  });

  rung("two addresses of one identity", async () => {
    await begin(blocks());
    terraform.write(`${beside()}\n${blocks()}\n${blocks("renamed")}`);
    const run = await terraform.apply();
    const now = counts();
    const errors = errorsIn(run);
    for (const { type } of types) {
      const error = errors.find((text) => text.includes(`with ${type}.renamed`));
      // Two objects, or one and an error that says why.
      const second = error === undefined && usual[type] !== 0 ? 1 : 0;
      expect({ type, there: now[type] }).toEqual({ type, there: usual[type]! + second });
      if (error !== undefined) expect(error).toMatch(/another address|two addresses/);
      else expect(terraform.attributes(`${type}.renamed`)["id"]).not.toBe(terraform.attributes(`${type}.this`)["id"]);
    }
    terraform.write(`${beside()}\n${blocks()}`);
    await ends(await terraform.apply());
  });

  const byPlanFile = async () => {
    await begin(blocks());
    const ids = idsAt("this");
    terraform.write(`${beside()}\n${blocks("renamed")}`);
    await terraform.succeed("plan", ...PLAN, "-out=renamed.plan");
    const run = await terraform.run("apply", ...PLAN, "renamed.plan");
    if (run.code === 0) expect(idsAt("renamed")).toEqual(ids);
    await settles(run);

    terraform.write(`${beside()}\n${blocks("again")}`);
    await terraform.succeed("plan", ...PLAN, "-out=again.plan");
    terraform.loseRuns();
    await ends(await terraform.run("apply", ...PLAN, "again.plan"));
  };
  // What a run leaves in files for the next one is nothing that one process for all of them could show.
  rung("renamed by a plan file, and by one of another folder", byPlanFile, "started");
}

/** For each address that fails, all that Terraform prints of it, as words: what to do may stand in a second diagnostic. */
function errorsIn(run: Run): readonly string[] {
  if (run.code === 0) return [];
  const diagnostics = words(run.output)
    .split(/(?=(?:Error|Warning): )/)
    .slice(1);
  const addressOf = (text: string) => / with (\S+), on /.exec(text)?.[1] ?? text;
  const failed = new Set(diagnostics.filter((text) => text.startsWith("Error: ")).map(addressOf));
  return [...failed].map((address) => diagnostics.filter((text) => addressOf(text) === address).join("\n"));
}

/** Something of Terraform's own that takes a while to be made or to go. */
function waits(name: string, input: string, when: "create" | "destroy"): string {
  return `
resource "terraform_data" "${name}" {
  input = ${input}
  provisioner "local-exec" {
    when    = ${when}
    command = "sleep 3"
  }
}`;
}
