import { buildTopology, declaredIn, type Topology } from "../topology";
import { Construct, type IConstruct } from "constructs";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { addressOf } from "../constructs/address";
import { Annotations, Aspects, CUSTOM_SYNTHESIS, TerraformStack, type ISynthesisSession } from "../constructs/cdktf";
import { inOneLibrary } from "../constructs/one-library";
import { SchemaResource } from "../constructs/resource-class";
import { compare, type Finding } from "../core/finding";
import { ProblemError, renderProblem } from "../core/problem";
import { makeFolder } from "../core/make-folder";
import type { Acknowledgement } from "./acknowledgement";
import {
  acknowledgedWithoutPolicy,
  attachedTwice,
  notAStack,
  nothingVisited,
  reasonMissing,
  unknownRule,
} from "./errors";
import { evaluate, type PolicyReport } from "./evaluate";
import { checkOptions, isRule, type PolicyOptions } from "./options";
import { POLICY_FILE, writtenPolicy } from "./policy-file";

const ID = "outbound-policy";
const METADATA = "outbound:acknowledged";

/**
 * Checks a stack against the rules of this package whenever it is synthesised, and writes for reviews, beside the
 * stack, the options and what was acknowledged. Errors stop the synth; warnings and notes are shown.
 *
 * @example
 * Policy.attach(stack, { allowedDomains: ["example.com"], severities: { "authentication-required": "error" } });
 * Policy.acknowledge(alerts, "plaintext-port-25", "Relay in the same rack, until MAIL-42 is done");
 */
export class Policy extends Construct {
  /**
   * Attaches the rules to one stack. CDKTF ignores what is attached to an App; see {@link attachToAll}.
   *
   * @throws `policy/not-a-stack`, `policy/attached-twice`, `policy/unknown-rule`, `policy/unknown-severity`,
   * `policy/bad-domain`
   */
  static attach(stack: IConstruct, options: PolicyOptions = {}): Policy {
    if (!TerraformStack.isStack(stack)) throw new ProblemError(notAStack(stack.node.path));
    inOneLibrary(stack);
    if (Policy.of(stack) !== undefined) throw new ProblemError(attachedTwice(stack.node.id));
    return new Policy(stack, checkOptions(options));
  }

  /**
   * Attaches the rules to every stack that exists below `scope`; call it after all stacks are made and before
   * `app.synth()`.
   */
  static attachToAll(scope: IConstruct, options: PolicyOptions = {}): Policy[] {
    return scope.node
      .findAll()
      .filter((node) => TerraformStack.isStack(node))
      .map((stack) => Policy.attach(stack, options));
  }

  /** The policy of a stack; undefined when it has none. */
  static of(stack: TerraformStack): Policy | undefined {
    return stack.node.tryFindChild(ID) as Policy | undefined;
  }

  /**
   * Accepts that `scope` and everything below it break a rule. An acknowledged finding no longer counts, and stays
   * listed with its reason at synth and in every review.
   *
   * @param rule the rule's id: `tls-required`
   * @param reason why it is accepted, in words that a reviewer can judge
   * @throws `policy/unknown-rule`, `policy/reason-missing`
   */
  static acknowledge(scope: IConstruct, rule: string, reason: string): void {
    if (!isRule(rule)) throw new ProblemError(unknownRule(rule));
    if (typeof reason !== "string" || reason.trim() === "") throw new ProblemError(reasonMissing(rule));
    scope.node.addMetadata(METADATA, { rule, reason: reason.trim() } satisfies AcknowledgementMetadata);
    scope.node.addValidation({
      // Without a policy nobody reads the acknowledgement, and it would be believed to apply.
      validate: () =>
        Policy.of(TerraformStack.of(scope)) === undefined ? [renderProblem(acknowledgedWithoutPolicy(rule))] : [],
    });
  }

  /** What the last synthesis found; undefined before the first. */
  report: PolicyReport | undefined;
  private readonly visited = new Set<IConstruct>();

  private constructor(
    private readonly stack: TerraformStack,
    private readonly options: PolicyOptions,
  ) {
    super(stack, ID);
    Aspects.of(stack).add({ visit: (node) => void this.visited.add(node) });
    // After all aspects: these may still change what is declared.
    this.node.addValidation({ validate: () => this.judge() });
    Object.defineProperty(this, CUSTOM_SYNTHESIS, {
      value: { onSynthesize: (session: ISynthesisSession) => this.write(session) },
    });
  }

  /** The number of constructs that were visited. */
  get visitedNodes(): number {
    return this.visited.size;
  }

  /** The acknowledgements in the stack, each with the Terraform addresses that it applies to. */
  get acknowledgements(): Acknowledgement[] {
    return this.stack.node.findAll().flatMap((scope) =>
      scope.node.metadata
        .filter(({ type }) => type === METADATA)
        .map(({ data }) => ({
          ...(data as AcknowledgementMetadata),
          path: scope.node.path,
          addresses: scope.node.findAll().filter(isResource).map(addressOf).sort(compare),
        })),
    );
  }

  private judge(): string[] {
    if (this.visited.size === 0) return [renderProblem(nothingVisited(this.stack.node.id))];
    const resources = [...this.visited].filter(isResource);
    const constructs = new Map(resources.map((resource) => [addressOf(resource), resource]));
    this.report = evaluate(declaredTopology(this.stack, new Set(constructs.keys())), {
      ...this.options,
      acknowledgements: this.acknowledgements,
      pathOf: (address) => constructs.get(address)?.node.path ?? address,
      // A synth must have the same result tomorrow: expiry dates are known from tests only, and judged in the review.
      now: 0,
    });
    const { findings } = this.report;
    for (const finding of findings) {
      const construct = resources.find(({ node }) => node.path === finding.path) ?? this.stack;
      if (finding.acknowledged !== undefined || finding.severity !== "error") annotate(construct, finding);
    }
    return findings
      .filter(({ severity, acknowledged }) => severity === "error" && acknowledged === undefined)
      .map((finding) => `${finding.path}: ${inWords(finding)}`);
  }

  private write(session: ISynthesisSession): void {
    const directory = join(session.outdir, session.manifest.forStack(this.stack).workingDirectory);
    makeFolder(directory);
    writeFileSync(join(directory, POLICY_FILE), writtenPolicy(this.options, this.acknowledgements));
  }
}

interface AcknowledgementMetadata {
  readonly rule: string;
  readonly reason: string;
}

const isResource = (node: IConstruct): node is SchemaResource => node instanceof SchemaResource;

/** Synth may run more than once: the same text is shown once. */
function annotate(construct: IConstruct, finding: Finding): void {
  const text = inWords(finding);
  if (construct.node.metadata.some(({ data }) => data === text)) return;
  const annotations = Annotations.of(construct);
  if (finding.severity === "warning" && finding.acknowledged === undefined) annotations.addWarning(text);
  else annotations.addInfo(text);
}

function inWords({ id, summary, why, fix, docs, acknowledged }: Finding): string {
  if (acknowledged !== undefined) return `${summary} (${id}), acknowledged: ${acknowledged.reason}`;
  return [summary, `Why: ${why}`, `What to do: ${fix}`, `(${id}${docs === undefined ? "" : `, ${docs}`})`].join("\n");
}

/**
 * The topology that a stack declares, from the configuration that Terraform will receive, so that overrides and aspects
 * are included. Only visited resources are judged; what only Terraform knows stays unknown.
 */
function declaredTopology(stack: TerraformStack, visited: ReadonlySet<string>): Topology {
  return buildTopology(declaredIn(stack.toTerraform()).filter(({ address }) => visited.has(address)));
}
