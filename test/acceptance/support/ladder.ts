import { startSandbox, type Sandbox } from "../../../lib/sandbox";
import { contractsMissing, contractViolations } from "../../contracts/check";
import { Terraform, type ProviderProcess } from "./terraform";

/** What one resource needs to climb {@link climb}. */
export interface Ladder {
  /** "outbound_ovh_vrops_flow.this" */
  readonly address: string;
  /** What must exist beside it, in HCL: of names that no other ladder uses, or the very same text. */
  readonly beside?: string;
  readonly created: string;
  /** A change Terraform must make in place. */
  readonly updated?: string;
  /** A change Terraform must make by replacement. */
  readonly replaced?: string;
  /** Someone changes the object outside Terraform. */
  readonly changeOutside?: (sandbox: Sandbox, attributes: Record<string, unknown>) => Promise<unknown>;
  /** Someone removes it. */
  readonly removeOutside?: (sandbox: Sandbox, attributes: Record<string, unknown>) => Promise<unknown>;
  /** What is still there outside after destroy; must be empty. */
  readonly leftovers: (sandbox: Sandbox) => readonly unknown[];
}

const TIMEOUT = 120_000;

/**
 * The ladder that resources climb with the real terraform, all in one configuration: create, second plan empty, update
 * (in place or by replacement, as catalogued), outside change seen as drift, vanished object created anew, import, plan
 * empty, destroy leaves nothing.
 */
export function climb(
  ladders: readonly Ladder[],
  options: Parameters<typeof startSandbox>[0],
  provider: ProviderProcess = "attached",
): void {
  let sandbox: Sandbox;
  let terraform: Terraform;
  const having = (part: keyof Ladder) => ladders.filter((ladder) => ladder[part] !== undefined);
  const each = (action: string, part: keyof Ladder) => having(part).map(({ address }) => `${action} ${address}`);
  const write = (text: (ladder: Ladder) => string, more = "") =>
    terraform.write(`${once(ladders.map((ladder) => `${ladder.beside ?? ""}\n${text(ladder)}`).join("\n"))}\n${more}`);
  const writeCreated = () => write(({ created }) => created);
  const expectNothingToDo = async () => expect((await terraform.plan()).actions).toEqual([]);

  beforeAll(async () => {
    sandbox = await startSandbox(options);
    terraform = new Terraform(sandbox.environment(), provider);
    writeCreated();
    await terraform.init();
  }, TIMEOUT);

  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it(
    "is created, and a second plan is empty",
    async () => {
      await terraform.applied();
      await expectNothingToDo();
    },
    TIMEOUT,
  );

  if (having("updated").length > 0) {
    it(
      "is changed in place, and a second plan is empty",
      async () => {
        write(({ created, updated = created }) => updated);
        expect(sorted(await terraform.appliedActions())).toEqual(sorted(each("update", "updated")));
        await expectNothingToDo();
        writeCreated();
        await terraform.applied();
      },
      TIMEOUT,
    );
  }

  if (having("replaced").length > 0) {
    it(
      "is replaced, and a second plan is empty",
      async () => {
        write(({ created, replaced = created }) => replaced);
        expect(sorted(await terraform.appliedActions())).toEqual(sorted(each("delete+create", "replaced")));
        await expectNothingToDo();
        writeCreated();
        await terraform.applied();
      },
      TIMEOUT,
    );
  }

  const outside = async (part: "changeOutside" | "removeOutside") => {
    for (const ladder of having(part)) await ladder[part]!(sandbox, terraform.attributes(ladder.address));
    return terraform.plan();
  };

  if (having("changeOutside").length > 0) {
    it(
      "shows a change from outside as drift and mends it",
      async () => {
        const plan = await outside("changeOutside");
        expect(sorted(plan.drift)).toEqual(sorted(having("changeOutside").map(({ address }) => address)));
        expect(sorted(plan.actions)).toEqual(sorted(each("update", "changeOutside")));
        await terraform.applied();
        await expectNothingToDo();
      },
      TIMEOUT,
    );
  }

  if (having("removeOutside").length > 0) {
    it(
      "warns of an object removed outside and creates it anew",
      async () => {
        const plan = await outside("removeOutside");
        expect(plan.text).toContain("no longer exists outside Terraform");
        expect(sorted(plan.actions)).toEqual(sorted(each("create", "removeOutside")));
        await terraform.applied();
        await expectNothingToDo();
      },
      TIMEOUT,
    );
  }

  it(
    "is imported, and the plan after it is empty",
    async () => {
      const addresses = ladders.map(({ address }) => address);
      const imports = addresses.map(
        (to) => `import {\n  to = ${to}\n  id = "${String(terraform.attributes(to)["id"])}"\n}`,
      );
      await terraform.succeed("state", "rm", ...addresses);
      write(({ created }) => created, imports.join("\n"));
      const plan = await terraform.plan();
      expect(sorted(plan.imports)).toEqual(sorted(addresses));
      expect(plan.actions).toEqual([]);
      await terraform.applied();
      writeCreated();
      await expectNothingToDo();
    },
    TIMEOUT,
  );

  it(
    "leaves nothing after destroy",
    async () => {
      await terraform.destroyed();
      const left = ladders.map((ladder) => [ladder.address, ladder.leftovers(sandbox)]);
      expect(left).toEqual(ladders.map(({ address }) => [address, []]));
    },
    TIMEOUT,
  );

  // The last rung: it looks back at everything that was said on the way up.
  const kept = "has asked and answered only what the vendor's contract allows";
  (contractsMissing === undefined ? it : it.skip)(contractsMissing ? `${kept} (${contractsMissing})` : kept, () => {
    expect(contractViolations(sandbox)).toEqual([]);
  });
}

/** A variant of a vendor that matters for what is read back, and not for how Terraform goes on from there. */
export function readBack(ladder: Ladder): Ladder {
  return { ...ladder, updated: undefined, replaced: undefined, changeOutside: undefined, removeOutside: undefined };
}

/** Blocks that several ladders need are declared by the first. */
export function once(hcl: string): string {
  const blocks = hcl.split(/\n(?=(?:variable|resource|data) ")/).map((block) => block.trim());
  return [...new Set(blocks)].join("\n");
}

const sorted = (texts: readonly string[]) => [...texts].sort();
