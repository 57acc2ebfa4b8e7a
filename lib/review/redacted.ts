import type { Finding } from "../core/finding";
import { printableLine } from "../core/printable";
import type { Redactor } from "../core/redaction";
import type { Change, AddressMove, Picture, PolicySummary, Review } from "./review";

type Redact = (text: string) => string;

/**
 * Redacts a review after everything in it has been compared: comparisons need addresses, ids and names unchanged. What
 * this package itself has written (verbs, severities, ids of rules, the hash) holds no secret and stays. Called before
 * rendering: a secret with a quote in it looks different in HTML.
 */
export function redactedReview(review: Review, redactor: Redactor): Review {
  const text: Redact = (some) => redactor.redact(some);
  const finding = <F extends Finding>(one: F): F => redactedFinding(one, text);
  return {
    ...review,
    bindings: review.bindings.map((one) => ({
      ...one,
      name: printableLine(text(one.name)),
      lines: one.lines.map((line) => printableLine(text(line))),
    })),
    moves: review.moves.map((one) => redactedMove(finding(one), text)),
    stops: review.stops.map(finding),
    reachability: review.reachability.map((one) => ({
      ...one,
      source: text(one.source),
      destination: text(one.destination),
      address: text(one.address),
      usedBy: one.usedBy.map(text),
    })),
    receivers: review.receivers.map((one) => ({
      ...one,
      severity: text(one.severity),
      about: text(one.about),
      before: one.before.map(text),
      after: one.after.map(text),
    })),
    changes: review.changes.map((one) => redactedChange(one, text)),
    drift: review.drift.map((one) => redactedChange(one, text)),
    policy: redactedPolicy(review.policy, finding),
    picture: redactedPicture(review.picture, text),
  };
}

function redactedFinding<F extends Finding>(finding: F, text: Redact): F {
  const { path, summary, why, fix, acknowledged } = finding;
  return {
    ...finding,
    path: text(path),
    summary: text(summary),
    why: text(why),
    fix: text(fix),
    ...(acknowledged === undefined ? {} : { acknowledged: { reason: text(acknowledged.reason) } }),
  };
}

function redactedMove(move: AddressMove, text: Redact): AddressMove {
  const { from, to, hcl, cdktf, commands } = move;
  return {
    ...move,
    from: from.map(text),
    to: to.map(text),
    ...(hcl === undefined ? {} : { hcl: text(hcl) }),
    ...(cdktf === undefined ? {} : { cdktf: text(cdktf) }),
    commands: commands.map(text),
  };
}

function redactedChange(change: Change, text: Redact): Change {
  const { address, previousAddress, meaning, lines } = change;
  return {
    ...change,
    address: text(address),
    ...(previousAddress === undefined ? {} : { previousAddress: text(previousAddress) }),
    meaning: text(meaning),
    // Each entry stays one line, also where lines are counted or compared.
    lines: lines.map((line) => printableLine(text(line))),
  };
}

function redactedPolicy(policy: PolicySummary, finding: <F extends Finding>(one: F) => F): PolicySummary {
  return { ...policy, findings: policy.findings.map(finding), resolved: policy.resolved.map(finding) };
}

/** Nodes with equal labels afterwards stay two nodes. */
function redactedPicture(picture: Picture, text: Redact): Picture {
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const { id } of picture.nodes) {
    const base = text(id);
    let unique = base;
    for (let count = 2; taken.has(unique); count++) unique = `${base} (${count})`;
    taken.add(unique);
    ids.set(id, unique);
  }
  const idOf = (id: string) => ids.get(id) ?? text(id);
  return {
    ...picture,
    nodes: picture.nodes.map((node) => ({
      ...node,
      id: idOf(node.id),
      label: text(node.label),
      detail: text(node.detail),
    })),
    edges: picture.edges.map(({ from, to, status }) => ({ from: idOf(from), to: idOf(to), status })),
  };
}
