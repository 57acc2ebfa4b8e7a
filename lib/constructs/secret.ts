import type { Construct } from "constructs";
import { ProblemError } from "../core/problem";
import { TerraformElement, TerraformStack, TerraformVariable } from "./cdktf";
import {
  badSecretVersion,
  badVariableName,
  notAVariable,
  secretOfAnotherStack,
  secretWithDefault,
} from "./secret.errors";
import { writeBesideHcl } from "./ephemeral-in-hcl";
import { inOneLibrary } from "./one-library";
import { checkOptions, optional, type Shape } from "./options";
import { SECRET_MARK, isSecret } from "./secret-mark";
import { isReference } from "./synthesis";
import { numberText } from "./text";
import { useOutboundProvider } from "./use-provider";

/** Whether a version is exact: beyond 2^53 JavaScript has already rounded a number, and two versions could be one. */
const isExactWhole = (version: number | bigint): boolean =>
  typeof version === "bigint" || Number.isSafeInteger(version);

export interface SecretOptions {
  /**
   * Raise it by one whenever the secret changes: Terraform does not store secrets, so only this number makes it send the new
   * one and repeat the test mail. Any other whole number that changes with the secret serves as well; write one beyond 2^53
   * as a bigint, `123456789012345678n`.
   *
   * @default 1
   */
  readonly version?: number | bigint;
}

const OPTIONS: Shape<SecretOptions> = {
  version: optional({
    name: "version",
    is: (value) => typeof value === "number" || typeof value === "bigint",
    factory: "a number: 2",
  }),
};

/**
 * A password, token or key that Terraform reads when it runs and never stores: not in `cdktf.out`, plan or state. It cannot
 * be made from a literal.
 *
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
export class Secret {
  /**
   * The value of a Terraform variable, which becomes sensitive and ephemeral.
   *
   * @param variable without a default; its value comes from `TF_VAR_<name>`, a `.tfvars` file or your runner.
   * @throws `constructs/secret-with-default` when the variable has a default.
   * @see https://developer.hashicorp.com/terraform/language/values/variables#exclude-values-from-state
   */
  static variable(variable: TerraformVariable, options: SecretOptions = {}): Secret {
    checkOptions("Secret.variable", options, OPTIONS);
    inOneLibrary(variable);
    if (!(variable instanceof TerraformVariable)) throw new ProblemError(notAVariable(typeof variable));
    if (variable.default !== undefined) throw new ProblemError(secretWithDefault(variable.node.id));
    variable.addOverride("sensitive", true);
    variable.addOverride("ephemeral", true);
    return new Secret(`variable ${variable.node.id}`, options.version, (scope) => {
      const stack = TerraformStack.of(scope);
      if (TerraformStack.of(variable) !== stack) {
        throw new ProblemError(secretOfAnotherStack(variable.node.id, stack.node.id));
      }
      return variable.stringValue;
    });
  }

  /**
   * The value of an environment variable, read by the provider on the machine where Terraform runs.
   *
   * @param name such as `SMTP_PASSWORD`; it need not be set at synth.
   * @throws `constructs/bad-environment-name` when this is not a variable's name.
   */
  static environment(name: string, options: SecretOptions = {}): Secret {
    checkOptions("Secret.environment", options, OPTIONS);
    if (typeof name !== "string" || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw new ProblemError(badVariableName());
    return new Secret(name, options.version, (scope) => EphemeralEnvironment.of(scope, name).reference);
  }

  /**
   * A value of an `ephemeral` block, which a system creates and Terraform never stores.
   *
   * @param source for messages and plans: a name, never the value.
   * @param reference the expression, `${ephemeral.outbound_environment.NAME.value}`.
   */
  static ephemeral(source: string, reference: string, options: SecretOptions = {}): Secret {
    return new Secret(source, options.version, () => reference);
  }

  /** Whether a value is a Secret, also of another copy of this package. */
  static isSecret(value: unknown): value is Secret {
    return isSecret(value);
  }

  /** Makes it a type error to pass an object that merely looks like a Secret. */
  readonly #reference: (scope: Construct) => string;
  readonly version: number | bigint;

  private constructor(
    /** The origin of the value, for messages and plans: a name, never the value. */
    readonly source: string,
    version: number | bigint | undefined,
    reference: (scope: Construct) => string,
  ) {
    if (version !== undefined && !isReference(version) && (!isExactWhole(version) || version < 1)) {
      throw new ProblemError(badSecretVersion(version));
    }
    this.version = version ?? 1;
    this.#reference = reference;
    Object.defineProperty(this, SECRET_MARK, { value: true });
  }

  /**
   * Returns the Terraform expression for the value, `${var.smtp_password}`, for use in other constructs. Terraform accepts
   * it only where nothing is stored: provider settings and write-only attributes.
   */
  in(scope: Construct): string {
    return this.#reference(scope);
  }

  /** The text that reviewers see in the plan: `SMTP_PASSWORD, version 2`. */
  get fingerprint(): string {
    return `${this.source}, version ${numberText(this.version)}`;
  }

  toString(): string {
    return `Secret(${this.source})`;
  }

  /** Keeps a Secret that is not rendered properly from putting anything into `cdktf.out`. */
  toJSON(): string {
    return this.toString();
  }
}

/**
 * The block `ephemeral "outbound_environment"`: one for each variable and stack. CDKTF 0.21 has no construct for such
 * blocks.
 */
class EphemeralEnvironment extends TerraformElement {
  static of(scope: Construct, name: string): EphemeralEnvironment {
    const stack = TerraformStack.of(scope);
    const id = `outbound-environment-${name}`;
    return (
      (stack.node.tryFindChild(id) as EphemeralEnvironment | undefined) ?? new EphemeralEnvironment(stack, id, name)
    );
  }

  readonly reference: string;

  private constructor(
    stack: TerraformStack,
    id: string,
    private readonly variable: string,
  ) {
    super(inOneLibrary(stack), id);
    this.reference = `\${ephemeral.outbound_environment.${variable}.value}`;
    useOutboundProvider(stack);
    writeBesideHcl(this);
  }

  override toTerraform(): unknown {
    return { ephemeral: { outbound_environment: { [this.variable]: { name: this.variable } } } };
  }

  override toHclTerraform(): unknown {
    return {};
  }
}
