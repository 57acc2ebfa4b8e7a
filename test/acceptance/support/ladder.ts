import type { Sandbox } from "../../../lib/sandbox";
import { startSandbox } from "../../../lib/sandbox";
import { contractsMissing, contractViolations } from "../../contracts/check";
import type { Owned } from "./ownership-rungs";
import { Terraform } from "./terraform";

/**
 * The ladder every resource climbs with the real terraform: create, second plan empty, update (in
 * place or by replacement, as catalogued), outside change seen as drift, vanished object created
 * anew, import, plan empty, destroy leaves nothing.
 */
export interface Ladder {
  /** "outbound_ovh_vrops_flow.this" */
  readonly address: string;
  /** What must exist beside it (other resources), in HCL. */
  readonly beside?: (sandbox: Sandbox) => string;
  readonly created: (sandbox: Sandbox) => string;
  /** A change Terraform must make in place. */
  readonly updated?: (sandbox: Sandbox) => string;
  /** A change Terraform must make by replacement. */
  readonly replaced?: (sandbox: Sandbox) => string;
  /** Someone changes the object outside Terraform. */
  readonly changeOutside?: (sandbox: Sandbox, attributes: Record<string, unknown>) => Promise<unknown>;
  /** Someone removes it. */
  readonly removeOutside?: (sandbox: Sandbox, attributes: Record<string, unknown>) => Promise<unknown>;
  /** @default the `id` attribute */
  readonly importId?: (attributes: Record<string, unknown>) => string;
  /** What is still there outside after destroy; must be empty. */
  readonly leftovers: (sandbox: Sandbox) => readonly unknown[];
  readonly options?: Parameters<typeof startSandbox>[0];
  /** A variant of the vendor that matters for what is read back, and not for how Terraform goes on from there. */
  readonly onlyReadBack?: boolean;
  /** For the rungs about ownership. @default the rungs of a type with one object and no other identities */
  readonly owned?: Owned;
}

export function climbs(whole: Ladder): void {
  const ladder = whole.onlyReadBack ? readBack(whole) : whole;
  const { address } = ladder;
  let sandbox: Sandbox;
  let terraform: Terraform;
  const write = (resource: (sandbox: Sandbox) => string) =>
    terraform.write(`${ladder.beside?.(sandbox) ?? ""}\n${resource(sandbox)}`);

  beforeAll(async () => {
    sandbox = await startSandbox(ladder.options);
    terraform = new Terraform(sandbox.environment());
    write(ladder.created);
    await terraform.init();
  }, 60_000);

  afterAll(async () => {
    terraform?.remove();
    await sandbox?.close();
  });

  it("is created, and a second plan is empty", async () => {
    await terraform.applied();
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  if (ladder.updated !== undefined) {
    it("is changed in place, and a second plan is empty", async () => {
      write(ladder.updated!);
      expect(await terraform.appliedActions()).toEqual([`update ${address}`]);
      expect((await terraform.plan()).actions).toEqual([]);
    }, 60_000);
  }

  if (ladder.replaced !== undefined) {
    it("is replaced, and a second plan is empty", async () => {
      write(ladder.replaced!);
      expect(await terraform.appliedActions()).toEqual([`delete+create ${address}`]);
      expect((await terraform.plan()).actions).toEqual([]);
      write(ladder.created);
      await terraform.applied();
    }, 90_000);
  }

  if (ladder.changeOutside !== undefined) {
    it("shows a change from outside as drift and mends it", async () => {
      write(ladder.created);
      if (ladder.updated !== undefined) await terraform.applied();
      await ladder.changeOutside!(sandbox, terraform.attributes(address));
      const plan = await terraform.plan();
      expect(plan.drift).toEqual([address]);
      expect(plan.actions).toEqual([`update ${address}`]);
      await terraform.applied();
      expect((await terraform.plan()).actions).toEqual([]);
    }, 60_000);
  }

  if (ladder.removeOutside !== undefined) {
    it("warns of an object removed outside and creates it anew", async () => {
      await ladder.removeOutside!(sandbox, terraform.attributes(address));
      const plan = await terraform.plan();
      expect(plan.text).toContain("no longer exists outside Terraform");
      expect(plan.actions).toEqual([`create ${address}`]);
      await terraform.applied();
      expect((await terraform.plan()).actions).toEqual([]);
    }, 60_000);
  }

  it("is imported, and the plan after it is empty", async () => {
    const attributes = terraform.attributes(address);
    const id = ladder.importId?.(attributes) ?? String(attributes["id"]);
    await terraform.forget(address);
    await terraform.imported(address, id);
    expect((await terraform.plan()).actions).toEqual([]);
  }, 60_000);

  it("leaves nothing after destroy", async () => {
    await terraform.destroyed();
    expect(ladder.leftovers(sandbox)).toEqual([]);
  }, 60_000);

  // The last rung: it looks back at everything that was said on the way up.
  const kept = "has asked and answered only what the vendor's contract allows";
  (contractsMissing === undefined ? it : it.skip)(contractsMissing ? `${kept} (${contractsMissing})` : kept, () => {
    expect(contractViolations(sandbox)).toEqual([]);
  });
}

/** It is created, imported and destroyed; each with an empty plan behind it. */
function readBack(ladder: Ladder): Ladder {
  return { ...ladder, updated: undefined, replaced: undefined, changeOutside: undefined, removeOutside: undefined };
}
