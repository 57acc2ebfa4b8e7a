import type { Finding } from "../core/finding";
import type { Binding, Verb } from "../plan";

/** What a change of the alert set-up means, as data from which every output is written. Secrets are masked. */
export interface Review {
  /** The name of the stack. */
  readonly stack: string;
  /** The hash of the reviewed plan and of all that it is bound to; `apply-reviewed` accepts no other. */
  readonly hash: string;
  /** The commit of the code that was planned, 40 or 64 hexadecimal digits; null when it is not known. */
  readonly commit: string | null;
  /**
   * True when the working tree held changes that are in no commit: then the planned code is not the commit. Null when
   * Git did not say.
   */
  readonly uncommitted: boolean | null;
  /** `plan`: there was no stack beside the plan, so that little is known of what decides about its apply. */
  readonly boundTo: "stack" | "plan";
  /** What decides about the apply besides the changes; first what no rule can judge. */
  readonly bindings: readonly Binding[];
  readonly terraformVersion: string;
  readonly verdict: ReviewVerdict;
  /** How many resources each verb has; verbs without any are left out. */
  readonly counts: Readonly<Partial<Record<Verb, number>>>;
  /** Resources that only change their address: Terraform would destroy and create them. */
  readonly moves: readonly AddressMove[];
  /** What stops alerts once this is applied. */
  readonly stops: readonly Stop[];
  /** Every flow, also unchanged ones. */
  readonly reachability: readonly ReachChange[];
  /** Who receives what, before and after. */
  readonly receivers: readonly ReceiverChange[];
  /** What an apply would do, address by address; outputs too. */
  readonly changes: readonly Change[];
  /** What somebody changed outside of Terraform. */
  readonly drift: readonly Change[];
  readonly policy: PolicySummary;
  readonly picture: Picture;
  readonly next: NextStep;
}

export interface ReviewVerdict {
  /** The worst status of what was found: the first of these that applies. */
  readonly status: "stops-alerts" | "breaks-rules" | "attention" | "in-order" | "no-changes";
  /** One line, no Markdown. */
  readonly line: string;
}

export interface AddressMove extends Finding {
  /** `shifted`: instances of one resource that have changed places; `released`: let go without being destroyed. */
  readonly how: "moved" | "released" | "shifted";
  /** Addresses; several for `moved` when it is not clear which of them is the one. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** False when an attribute that identifies the object is not known yet. */
  readonly certain: boolean;
  /** Attributes that change in place. */
  readonly differs: readonly string[];
  /** The `moved` block, where one is possible. */
  readonly hcl?: string;
  /** The same in a CDKTF program. */
  readonly cdktf?: string;
  /** The commands that move it where no block can, in this order. */
  readonly commands: readonly string[];
}

export interface Stop extends Finding {
  /** False when it was so before: this change neither causes it nor fixes it. */
  readonly byThisChange: boolean;
}

export interface ReachChange {
  /** `replaced`: closed and opened again. `kept`: nothing changes. */
  readonly change: "opened" | "closed" | "replaced" | "kept";
  readonly source: string;
  /** `203.0.113.25:587` */
  readonly destination: string;
  readonly address: string;
  /** Its users, before or after. */
  readonly usedBy: readonly string[];
}

export interface ReceiverChange {
  /** "VMware Aria Operations (vROps)" */
  readonly system: string;
  readonly severity: string;
  readonly about: string;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

export interface Change {
  readonly address: string;
  readonly previousAddress?: string;
  readonly type: string;
  readonly verb: Verb;
  /** Its meaning for the way of the alerts, or Terraform's reason; may be empty. */
  readonly meaning: string;
  /** The differences, each line with `+`, `-`, `!` or a space in front. */
  readonly lines: readonly string[];
}

export interface PolicySummary {
  /** Rules that are broken after the change. */
  readonly findings: readonly JudgedFinding[];
  /** Findings that this change resolves. */
  readonly resolved: readonly Finding[];
  readonly passed: readonly string[];
  readonly notApplicable: readonly { readonly id: string; readonly because: string }[];
}

export interface JudgedFinding extends Finding {
  /** Whether this change causes it. */
  readonly byThisChange: boolean;
}

export interface NextStep {
  /** The command as it can be typed; empty when there is nothing to do. */
  readonly command: string;
  readonly why: string;
}

export type PictureStatus = "added" | "removed" | "kept" | "broken";

/** The way of the alerts as a graph: routes, mailers, flows, servers, receivers. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
  /** The number of nodes that were left out because nothing about them changes. */
  readonly leftOut: number;
}

export interface PictureNode {
  readonly id: string;
  /** The column, from 0: route, mailer, flow, server, receiver. */
  readonly column: number;
  readonly label: string;
  readonly detail: string;
  readonly status: PictureStatus;
}

export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly status: PictureStatus;
}
