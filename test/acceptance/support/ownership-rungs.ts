import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import type { Ladder } from "./ladder";
import { Terraform, words, type Run } from "./terraform";

/**
 * The rungs about who owns an object: whatever everyday operation Terraform is asked for, the object is there exactly
 * once afterwards. A rung ends right at once, or in an error that loses nothing and says "apply again", and that apply
 * ends right.
 */
export interface Owned {
  /** How often the object exists outside; for settings of which there is only one set, how many are configured. @default leftovers */
  readonly exists?: (sandbox: Sandbox) => number;
  /** Other identities for objects of this type, as text to put in place of `identity`. Absent for singletons. */
  readonly identities?: { readonly of: string; readonly others: readonly [string, string] };
  /** A rung that cannot exist, and why. */
  readonly not?: Partial<Record<Rung, string>>;
}

export type Rung =
  | "rename, create first"
  | "rename, destroy first"
  | "rename at parallelism 1"
  | "into a module"
  | "create_before_destroy and -replace"
  | "create_before_destroy and taint"
  | "count shifted at the front"
  | "for_each key renamed"
  | "two addresses of one identity"
  | "plan file"
  | "plan file of another folder";

const TIMEOUT = 120_000;

export function climbsOwnership(ladder: Ladder): void {
  const { address, owned = {} } = ladder;
  const [type = "", name = ""] = address.split(".");
  let sandbox: Sandbox;
  let terraform: Terraform;

  const whole = (edit: (resource: string) => string = (text) => text, beside = "") =>
    `${ladder.beside?.(sandbox) ?? ""}\n${edit(ladder.created(sandbox))}\n${beside}`;
  const count = () => owned.exists?.(sandbox) ?? ladder.leftovers(sandbox).length;
  const renamed = (text: string) =>
    text.replaceAll(`"${type}" "${name}"`, `"${type}" "renamed"`).replaceAll(address, `${type}.renamed`);
  const within = (line: string) => (text: string) =>
    text.replace(`"${type}" "${name}" {`, (head) => `${head}\n  ${line}`);
  const idAt = (where: string) => String(terraform.attributes(where)["id"]);

  beforeEach(async () => {
    sandbox = await startSandbox(ladder.options);
    terraform = new Terraform(sandbox.environment());
  }, TIMEOUT);
  afterEach(async () => {
    terraform.remove();
    await sandbox.close();
  }, TIMEOUT);

  const rung = (title: Rung, play: () => Promise<void>) => {
    const reason = owned.not?.[title];
    (reason === undefined ? it : it.skip)(
      reason === undefined ? title : `${title} (cannot be: ${reason})`,
      play,
      TIMEOUT,
    );
  };

  async function begin(config: string): Promise<void> {
    terraform.write(config);
    await terraform.init();
    await terraform.applied();
    expect(count()).toBe(1);
  }

  /** Right at once, or an error that says "apply again" and loses nothing. */
  async function ends(run: Run, existing = 1): Promise<void> {
    if (run.code !== 0) {
      expect(words(run.output)).toMatch(/apply again/i);
      expect(count()).toBeGreaterThanOrEqual(1);
      await terraform.applied();
    }
    expect(count()).toBe(existing);
    expect((await terraform.plan()).actions).toEqual([]);
    await terraform.destroyed();
    expect(ladder.leftovers(sandbox)).toEqual([]);
  }

  rung("rename, create first", async () => {
    // What depends on the old address goes first, so the destruction of the old one waits.
    await begin(whole(undefined, waits("last", `${address}.id`, "destroy")));
    const id = idAt(address);
    terraform.write(whole(renamed));
    const run = await terraform.apply();
    if (run.code === 0) expect(idAt(`${type}.renamed`)).toBe(id);
    await ends(run);
  });

  rung("rename, destroy first", async () => {
    await begin(whole());
    const id = idAt(address);
    const later = (text: string) => within("depends_on = [terraform_data.first]")(text);
    terraform.write(whole((text) => renamed(later(text)), waits("first", "1", "create")));
    const run = await terraform.apply();
    if (run.code === 0) {
      expect(idAt(`${type}.renamed`)).toBe(id);
      expect(words(run.output)).toContain("moved { from");
    }
    await ends(run);
  });

  rung("rename at parallelism 1", async () => {
    await begin(whole());
    terraform.write(whole(renamed));
    await ends(await terraform.apply("-parallelism=1"));
  });

  rung("into a module", async () => {
    await begin(whole());
    mkdirSync(join(terraform.directory, "inner"));
    terraform.write("");
    const requirement = terraform.mainText();
    writeFileSync(join(terraform.directory, "inner/main.tf"), `${requirement}\n${whole()}`);
    terraform.write(`module "inner" {\n  source = "./inner"\n}`);
    await terraform.init();
    await ends(await terraform.apply());
  });

  rung("create_before_destroy and -replace", async () => {
    const config = whole(within("lifecycle { create_before_destroy = true }"));
    await begin(config);
    await ends(await terraform.apply(`-replace=${address}`));
  });

  rung("create_before_destroy and taint", async () => {
    await begin(whole(within("lifecycle { create_before_destroy = true }")));
    await terraform.succeed("taint", address);
    await ends(await terraform.apply());
  });

  rung("count shifted at the front", async () => {
    const { of, others } = owned.identities!;
    const list = (...values: readonly string[]) => {
      const texts = JSON.stringify(values);
      return (text: string) =>
        within(`count = ${values.length}`)(text).replaceAll(
          of,
          "${" + `${texts.replaceAll('"', '"')}` + "[count.index]}",
        );
    };
    await begin(whole(list(of)));
    terraform.write(whole(list(of, others[0])));
    await terraform.applied();
    expect(count()).toBe(2);
    terraform.write(whole(list(others[1], of, others[0])));
    const run = await terraform.apply();
    if (run.code !== 0) {
      expect(words(run.output)).toMatch(/apply again/i);
      expect(count()).toBeGreaterThanOrEqual(2);
      await terraform.applied();
    }
    expect(count()).toBe(3);
    expect((await terraform.plan()).actions).toEqual([]);
    terraform.write(whole(list(of, others[0])));
    await ends(await terraform.apply(), 2);
  });

  rung("for_each key renamed", async () => {
    await begin(whole(within('for_each = toset(["a"])')));
    terraform.write(whole(within('for_each = toset(["b"])')));
    await ends(await terraform.apply());
  });

  rung("two addresses of one identity", async () => {
    await begin(whole());
    terraform.write(whole((text) => `${text}\n${renamed(text.slice(text.indexOf(`resource "${type}" "${name}"`)))}`));
    const run = await terraform.apply();
    if (run.code === 0) {
      expect(count()).toBe(2);
      expect(idAt(`${type}.renamed`)).not.toBe(idAt(address));
      expect((await terraform.plan()).actions).toEqual([]);
    } else {
      expect(words(run.output)).toMatch(/another address|two addresses/);
      expect(count()).toBe(1);
    }
    terraform.write(whole());
    await ends(await terraform.apply());
  });

  rung("plan file", async () => {
    await begin(whole());
    const id = idAt(address);
    terraform.write(whole(renamed));
    await terraform.succeed("plan", "-no-color", "-input=false", "-out=renamed.plan");
    const run = await terraform.run("apply", "-no-color", "-input=false", "renamed.plan");
    if (run.code === 0) expect(idAt(`${type}.renamed`)).toBe(id);
    await ends(run);
  });

  rung("plan file of another folder", async () => {
    await begin(whole());
    terraform.write(whole(renamed));
    await terraform.succeed("plan", "-no-color", "-input=false", "-out=renamed.plan");
    terraform.loseRuns();
    await ends(await terraform.run("apply", "-no-color", "-input=false", "renamed.plan"));
  });
}

/** Something of Terraform's own that takes a second to be made or to go. */
function waits(name: string, input: string, when: "create" | "destroy"): string {
  return `
resource "terraform_data" "${name}" {
  input = ${input}
  provisioner "local-exec" {
    when    = ${when}
    command = "sleep 1.5"
  }
}`;
}
