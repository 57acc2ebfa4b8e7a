import { createHash } from "node:crypto";
import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { AlertPlatform, OutboundEnvironment, Platforms } from "./environment";
import { badStackName, groupWithoutSplit, nameTaken, noGroup, noSuchNumber, sameGroup } from "./split-errors";
import { refuseSharedObjects, refuseSharedState } from "./nothing-shared";
import { OutboundAlertsStack } from "./outbound-alerts-stack";

/**
 * Adds the stacks of an environment: one with its name, or those of its `split`, whose names begin with it.
 *
 * @param taken the names of other environments
 * @throws ProblemError `stacks/…` for what would put two stacks into one, or a platform into none
 */
export function addStacks(
  scope: Construct,
  id: string,
  environment: OutboundEnvironment,
  taken: readonly string[] = [],
): readonly OutboundAlertsStack[] {
  const parts = partsOf(environment);
  if (parts === undefined) return [new OutboundAlertsStack(scope, id, environment)];
  refuseSharedObjects(parts, environment);
  const stacks = new Map(
    [...parts].map(([part, platforms]) => {
      const name = `${id}-${part}`;
      if (!/^[\w-]+$/.test(part)) throw badStackName(part);
      if (taken.includes(name)) throw nameTaken(name);
      return [part, new OutboundAlertsStack(scope, name, { ...environment, platforms })];
    }),
  );
  refuseSharedState([...stacks.values()]);
  for (const [name, platform] of Object.entries(environment.platforms)) {
    if (platform.movedFrom === undefined) continue;
    if (platform.movedFrom === platform.group) throw sameGroup(name, platform.movedFrom);
    const mail = stacks.get(platform.group ?? "")?.alerts[name];
    const addresses = (mail?.node.findAll() ?? [])
      .filter((one) => TerraformResource.isTerraformResource(one))
      .map((one) => `${one.terraformResourceType}.${one.friendlyUniqueId}`);
    stacks.get(platform.movedFrom)?.letGo(name, platform, addresses);
  }
  return [...stacks.values()];
}

/**
 * Assigns platforms to stacks, by the suffix of the stack's name. The stack depends on a platform alone, never on the others
 * or their order: none changes its stack because another one comes or goes. Undefined: all are in one stack.
 */
function partsOf({ split, platforms }: OutboundEnvironment): ReadonlyMap<string, Platforms> | undefined {
  const all = Object.entries(platforms);
  if (split !== "group") {
    const [name] = all.find(([, { group, movedFrom }]) => (group ?? movedFrom) !== undefined) ?? [];
    if (name !== undefined) throw groupWithoutSplit(name);
  }
  if (split === undefined) return undefined;
  const parts = new Map<string, Record<string, AlertPlatform>>();
  // A fixed number of stacks is always complete: one that has lost its last platform still has to delete what was there.
  if (typeof split === "object") for (const part of fixedParts(split.stacks)) parts.set(part, {});
  for (const [name, platform] of all) {
    const part = partOf(name, platform, split);
    parts.set(part, { ...parts.get(part), [name]: platform });
  }
  return parts;
}

function partOf(name: string, { group }: AlertPlatform, split: NonNullable<OutboundEnvironment["split"]>): string {
  if (split === "platform") return name;
  if (split !== "group") return fixedParts(split.stacks)[hash(name) % split.stacks]!;
  if (group === undefined) throw noGroup(name);
  return group;
}

const MOST = 500;

/** Names the parts with their number: another number makes other stacks, so that no platform moves between two that stay. */
function fixedParts(stacks: number): string[] {
  if (!Number.isInteger(stacks) || stacks < 1 || stacks > MOST) throw noSuchNumber(stacks, MOST);
  return Array.from({ length: stacks }, (_, index) => `${index + 1}-of-${stacks}`);
}

const hash = (name: string): number => createHash("sha256").update(name).digest().readUInt32BE(0);
