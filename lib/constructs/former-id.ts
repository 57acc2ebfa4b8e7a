import type { Construct, IConstruct, Node } from "constructs";
import { addressOf } from "./address";
import { TerraformElement, TerraformResource, TerraformStack } from "./cdktf";
import { overridesOf } from "./overrides-of";

/**
 * The construct ids of version 0.1.0, which derived Terraform addresses from some display names. `moved` blocks associate
 * what it deployed with the present addresses, so that Terraform replaces nothing.
 */
const formerIds = new WeakMap<IConstruct, string>();

const ID = "outbound-former-addresses";

/** Records the construct id that version 0.1.0 used for this construct. */
export function formerly(construct: Construct, id: string): void {
  if (id === construct.node.id) return;
  formerIds.set(construct, id);
  const stack = TerraformStack.of(construct);
  if (stack.node.tryFindChild(ID) === undefined) new FormerAddresses(stack, ID);
}

/** The path below the stack in version 0.1.0. */
export function formerPath(construct: IConstruct): string {
  return construct.node.scopes
    .slice(1 + construct.node.scopes.indexOf(TerraformStack.of(construct)))
    .map((scope) => formerIds.get(scope) ?? scope.node.id)
    .join("/");
}

interface Move {
  readonly to: string;
  readonly from: string;
}

class FormerAddresses extends TerraformElement {
  override toTerraform(): unknown {
    const moved = this.moves();
    return moved.length === 0 ? {} : { moved };
  }

  override toHclTerraform(): unknown {
    const reference = (value: string) => ({ value, isBlock: false, type: "simple", storageClassType: "reference" });
    const moved = this.moves().map(({ to, from }) => ({ to: reference(to), from: reference(from) }));
    return moved.length === 0 ? {} : { moved };
  }

  private moves(): Move[] {
    const stack = this.cdktfStack;
    const resources = stack.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
    const declared = new Set(resources.map(addressOf));
    const users = resources.flatMap(movesOf).concat(overriddenMoves(stack));
    // Terraform refuses two moves of or to one address, and the user's own move has priority; what is still declared has not
    // moved.
    const refused = new Set([...declared, ...users.flatMap(({ from, to }) => [from, to])]);
    const targets = new Set(users.map(({ to }) => to));
    return resources.flatMap((resource) => {
      const to = addressOf(resource);
      const from = formerAddress(stack, resource);
      return from === undefined || refused.has(from) || targets.has(to) ? [] : [{ to, from }];
    });
  }
}

/** The former address; undefined when it equals the present one, or when the user has chosen the present one. */
function formerAddress(stack: TerraformStack, resource: TerraformResource): string | undefined {
  const { scopes } = resource.node;
  if (!scopes.some((scope) => formerIds.has(scope))) return undefined;
  if (resource.friendlyUniqueId !== stack.getLogicalId(resource)) return undefined;
  // The stack derives an address from the ids on the path to a node, possibly by a method that the program has overridden.
  const before = Object.create(resource.node, {
    scopes: {
      value: scopes.map((scope) =>
        formerIds.has(scope) ? Object.create(scope, { node: { value: { id: formerIds.get(scope) } } }) : scope,
      ),
    },
  }) as Node;
  return `${resource.terraformResourceType}.${stack.getLogicalId(before)}`;
}

/** The moves that the user declares by CDKTF's own `moveTo`, `moveToId` and `moveFromId`. */
function movesOf(resource: TerraformResource): Move[] {
  if (!resource.hasResourceMove()) return [];
  return (resource.toTerraform() as { readonly moved?: Move[] }).moved ?? [];
}

function overriddenMoves(stack: TerraformStack): Move[] {
  const { moved } = overridesOf(stack);
  return Array.isArray(moved) ? (moved as Move[]) : [];
}
