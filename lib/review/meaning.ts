import { KNOWN_AFTER_APPLY } from "../core/terraform-text";
import { compare } from "../core/finding";
import type { Rename, ResourceChange } from "../plan";
import type { Flow, Mailer, Route, Test, Topology } from "../topology";
import { connection, destination, list } from "./words";
import type { BeforeAndAfter } from "./before-and-after";

/** The meaning of each changed resource for the way of the alerts, in words; empty when it has no part in it. */
export class Meanings {
  private readonly before: Index;
  private readonly after: Index;

  private readonly renames: readonly Rename[];

  constructor({ before, after, plan }: BeforeAndAfter) {
    this.renames = plan.renames.renames;
    this.before = new Index(before.topology);
    this.after = new Index(after.topology);
  }

  of({ address, previousAddress, verb, importId, actions }: ResourceChange): string {
    const rename = this.renames.find(({ from, to, how }) => how !== "shifted" && (from === address || to === address));
    if (rename !== undefined) {
      const same = rename.doubts.length === 0 ? "the same object" : "probably the same object";
      return rename.from === address
        ? `${same} as ${rename.to}, which stays`
        : `${same} as ${rename.from}, which stays`;
    }
    if (verb === "forget") return "let go, not destroyed: it stays as it is, and nothing manages it any more";
    if (verb === "replace" && actions.includes("forget")) return "let go and taken over again: it stays";
    const was = this.before.at(previousAddress ?? address) ?? this.before.at(address);
    const is = this.after.at(address);
    if (verb === "import" && importId !== undefined && is !== undefined) return `comes under code: ${described(is)}`;
    if (was === undefined) return is === undefined ? "" : described(is);
    if (is === undefined || verb === "delete") return `no longer: ${described(was)}`;
    const parts = differences(was, is);
    return parts.length > 0 ? parts.join("; ") : verb === "replace" ? `made anew: ${described(is)}` : "";
  }
}

type Node = Flow | Mailer | Route | Test;

class Index {
  private readonly nodes = new Map<string, Node>();

  constructor({ flows, mailers, routes, tests }: Topology) {
    // An integration is a mailer and a route: who is notified says more than that it exists.
    for (const node of [...flows, ...mailers, ...routes, ...tests])
      this.nodes.set(node.address, merged(this.nodes.get(node.address), node));
  }

  at(address: string): Node | undefined {
    return this.nodes.get(address);
  }
}

/** For a mailer that routes by itself, its SMTP settings say more than where its receivers are. */
function merged(first: Node | undefined, second: Node): Node {
  return first?.kind === "mailer" && first.smtp !== undefined ? first : second;
}

function described(node: Node): string {
  switch (node.kind) {
    case "flow":
      return `${node.source ?? KNOWN_AFTER_APPLY} may reach ${destination(node)}`;
    case "mailer":
      return [
        node.smtp === undefined
          ? `${node.title} "${node.name ?? KNOWN_AFTER_APPLY}" takes alerts`
          : `sends from ${node.smtp.sender ?? KNOWN_AFTER_APPLY} through ${connection(node.smtp)}`,
        ...(node.enabled === false ? ["switched off"] : []),
      ].join(", ");
    case "route":
      return `${severities(node)} ${receivers(node)}${node.enabled === false ? ", switched off" : ""}`;
    case "test":
      return [
        `tests ${connection(node.smtp)} with a mail to ${list(node.receivers ?? [KNOWN_AFTER_APPLY])}`,
        ...(node.mailbox ? [`looks for it by IMAP at ${node.mailbox}`] : []),
        ...(node.judgesSender ? ["judges SPF, DKIM and DMARC"] : []),
      ].join(", ");
  }
}

function differences(was: Node, is: Node): string[] {
  if (was.kind === "flow" && is.kind === "flow") {
    const [a, b] = [described(was), described(is)];
    return a === b ? [] : [`${a} → ${b}`];
  }
  if (was.kind === "mailer" && is.kind === "mailer") {
    return [
      ...onOff(was.enabled, is.enabled),
      ...(was.smtp !== undefined && is.smtp !== undefined && connection(was.smtp) !== connection(is.smtp)
        ? [`through ${connection(was.smtp)} → ${connection(is.smtp)}`]
        : []),
      ...(was.smtp?.sender !== is.smtp?.sender
        ? [`from ${was.smtp?.sender ?? KNOWN_AFTER_APPLY} → ${is.smtp?.sender ?? KNOWN_AFTER_APPLY}`]
        : []),
    ];
  }
  if (was.kind === "route" && is.kind === "route") {
    const gone = (was.receivers ?? []).filter((one) => !(is.receivers ?? []).includes(one)).sort(compare);
    const come = (is.receivers ?? []).filter((one) => !(was.receivers ?? []).includes(one)).sort(compare);
    return [
      ...onOff(was.enabled, is.enabled),
      ...(is.receivers === undefined && was.receivers !== undefined
        ? [`receivers ${KNOWN_AFTER_APPLY}`]
        : gone.length === 0
          ? []
          : [`drops ${list(gone)}`]),
      ...(come.length === 0 ? [] : [`adds ${list(come)}`]),
      ...(severities(was) === severities(is) ? [] : [`${severities(was)} → ${severities(is)}`]),
    ];
  }
  if (was.kind === "test" && is.kind === "test") {
    return [
      "tests again",
      ...(was.mailbox && is.mailbox === null ? ["no longer looks whether the mail arrives"] : []),
      ...(is.mailbox && was.mailbox !== is.mailbox ? [`looks for the mail by IMAP at ${is.mailbox}`] : []),
      ...(was.judgesSender === true && is.judgesSender === false ? ["no longer judges SPF, DKIM and DMARC"] : []),
      ...(is.judgesSender === true && was.judgesSender !== true ? ["judges SPF, DKIM and DMARC"] : []),
    ];
  }
  return [];
}

function onOff(was: boolean | undefined, is: boolean | undefined): string[] {
  return was === is || is === undefined ? [] : [is ? "switched on" : "switched off"];
}

function severities({ severities, resourceKinds }: Route): string {
  const words =
    severities === undefined
      ? KNOWN_AFTER_APPLY
      : severities === null
        ? "alerts of any severity"
        : [...severities].sort(compare).join(", ");
  return resourceKinds ? `${words} about ${list([...resourceKinds].sort(compare))}` : words;
}

function receivers({ receivers, receiversElsewhere, forwardsTo }: Route): string {
  const named = receivers === undefined ? [KNOWN_AFTER_APPLY] : [...receivers].sort(compare);
  const all = [
    ...named,
    ...(forwardsTo?.mailer === undefined
      ? receiversElsewhere === undefined
        ? []
        : [receiversElsewhere]
      : [`onwards to ${forwardsTo.mailer}`]),
  ];
  return all.length === 0 ? "to nobody" : `to ${list(all)}`;
}
