import { plural } from "../core/plural";
import { list } from "./words";
import { movedBlock, moveFromIdCall, removedBlock } from "../core/terraform-text";
import { keyOf, resourceOf } from "../plan/addresses";
import { stateMoves } from "../plan/state-moves";
import type { AmbiguousRename, Plan, Rename } from "../plan";
import { kindOf } from "../systems/kinds";
import type { AddressMove } from "./review";

const WHY =
  "Terraform takes it for two: without being told, it destroys the old one and creates the new one. The provider notices and hands the object over where it can, which it cannot always.";

/**
 * Resources that only change their address, explained for the reviewer.
 *
 * @param constructs the path of the construct that declares an address; undefined when the code is no CDKTF program
 */
export function movesOf(plan: Plan, constructs: ReadonlyMap<string, string> | undefined): AddressMove[] {
  const { renames, ambiguous } = plan.renames;
  const shifted = new Map<string, Rename[]>();
  for (const one of renames.filter(({ how }) => how === "shifted")) {
    const resource = resourceOf(one.to);
    shifted.set(resource, [...(shifted.get(resource) ?? []), one]);
  }
  return [
    ...renames.filter(({ how }) => how !== "shifted").map((one) => moved(one, constructs)),
    ...[...shifted].map(([resource, some]) => shift(resource, some, plan)),
    ...ambiguous.map(unclear),
  ];
}

function moved(rename: Rename, constructs: ReadonlyMap<string, string> | undefined): AddressMove {
  const { from, to, type, how, differs, doubts } = rename;
  const what = `The ${kindOf(type)}`;
  const certain = doubts.length === 0;
  const changed = differs.length === 0 ? "" : `, and changed in place: ${list(differs)}`;
  const hcl = movedBlock(from, to);
  const released = how === "released";
  return {
    severity: "warning",
    id: "moved-without-saying",
    path: to,
    summary: `${what} is ${certain ? "" : "probably "}${released ? "let go and taken over again" : "moved, not removed"}: ${from} is now ${to}${changed}`,
    why: [
      released ? "Its settings stay as they are only as long as it is found again under its new address." : WHY,
      ...doubts.map((doubt) =>
        "attribute" in doubt
          ? `Not certain, because \`${doubt.attribute}\` is known after the apply only.`
          : `Not certain, because there are ${doubt.providers} configurations of the provider, and the plan does not say which one managed the old address.`,
      ),
    ].join(" "),
    fix: `Say that it is the same one with the \`moved\` block${released ? ", in place of the `removed` block" : ""}, and plan again${certain ? "" : "; leave it out if they are two"}.`,
    how,
    from: [from],
    to: [to],
    certain,
    differs,
    hcl,
    ...(cdktfOf(rename, constructs) ?? {}),
    commands: [],
  };
}

/** Advice for addresses that CDKTF writes itself; none for a program that is known to be plain HCL. */
function cdktfOf(
  { from, to }: Rename,
  constructs: ReadonlyMap<string, string> | undefined,
): { cdktf: string } | undefined {
  if (constructs?.size === 0) return undefined;
  // `moveFromId` names the whole resource, and does not know modules.
  if (keyOf(to) !== "" || to.startsWith("module.")) {
    return { cdktf: `stack.addOverride("moved", [{ from: ${JSON.stringify(from)}, to: ${JSON.stringify(to)} }]);` };
  }
  const path = constructs?.get(to);
  const noun = path?.endsWith("/Default") === true;
  const call = `${noun ? "construct.resource" : "resource"}.${moveFromIdCall(from)};`;
  return { cdktf: path === undefined ? call : `${call} // ${noun ? path.slice(0, -"/Default".length) : path}` };
}

function shift(resource: string, renames: readonly Rename[], plan: Plan): AddressMove {
  const instances = plan.resources.filter(
    ({ address, deposed }) => deposed === undefined && resourceOf(address) === resource,
  );
  const occupied = instances.filter(({ before }) => before !== null).map(({ address }) => address);
  const declared = instances.filter(({ after }) => after !== null).map(({ address }) => address);
  const steps = stateMoves(renames, occupied, declared);
  const certain = renames.every(({ doubts }) => doubts.length === 0);
  return {
    severity: "warning",
    id: "instances-shifted",
    path: resource,
    summary: `${plural(renames.length, "instance")} of ${resource} ${certain ? "" : "probably "}only change${renames.length === 1 ? "s" : ""} place: ${list(renames.map(({ from, to }) => `${keyOf(from)} is now ${keyOf(to)}`))}`,
    why: "The instances are told apart by their place in a list. Each that has moved up is turned into its neighbour, one after the other, although the objects themselves stay.",
    fix: "Move them in the state before the apply, with the commands in this order; `moved` blocks cannot say it, since the old places are still declared. For the future use `for_each` with a name for each.",
    how: "shifted",
    from: renames.map(({ from }) => from),
    to: renames.map(({ to }) => to),
    certain,
    differs: [...new Set(renames.flatMap(({ differs }) => differs))],
    commands: steps.map(({ from, to }) => `terraform state mv ${quoted(from)} ${quoted(to)}`),
  };
}

function unclear({ type, from, to }: AmbiguousRename): AddressMove {
  return {
    severity: "warning",
    id: "moved-without-saying",
    path: to[0]!,
    summary: `One ${kindOf(type)} is probably moved, not removed, but it cannot be told which: ${list(from)} ${from.length === 1 ? "goes" : "go"}, ${list(to)} ${to.length === 1 ? "comes" : "come"}`,
    why: WHY,
    fix: `Write a \`moved\` block for each that is the same one, and plan again. One that shall stay without being managed is let go by \`${removedBlock(from[0]!).replace(/\s+/g, " ")}\`.`,
    how: "moved",
    from,
    to,
    certain: false,
    differs: [],
    commands: [],
  };
}

function quoted(address: string): string {
  return `'${address.replaceAll("'", "'\\''")}'`;
}
