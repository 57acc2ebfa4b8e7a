import { join } from "node:path";
import type { StageRow } from "../../mail";
import type { ChildResult } from "./child";

/** The parts of Terraform's JSON plan that the demo uses. */
export interface PlanSummary {
  readonly exitCode: number | undefined;
  /** "update outbound_ovh_vrops_flow.x": what Terraform would do. */
  readonly actions: readonly string[];
  /** What changed outside Terraform, in the same words. */
  readonly drift: readonly string[];
  readonly output: string;
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

interface PlanJson {
  readonly resource_changes?: readonly ChangeJson[];
  readonly resource_drift?: readonly ChangeJson[];
}
interface ChangeJson {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[] };
}

/** Runs terraform in the directory where cdktf runs it, for what `cdktf` does not show. */
export class Terraform {
  constructor(
    readonly directory: string,
    private readonly run: (...args: string[]) => Promise<ChildResult>,
  ) {}

  init(): Promise<ChildResult> {
    return this.run("init", "-no-color", "-input=false");
  }

  async plan(): Promise<PlanSummary> {
    const file = join(this.directory, "demo.tfplan");
    const { exitCode, output } = await this.run(
      "plan",
      "-no-color",
      "-input=false",
      "-detailed-exitcode",
      `-out=${file}`,
    );
    // 0: nothing to do, 2: something to do; any other code is a failure.
    if (exitCode !== 0 && exitCode !== 2) return { exitCode, actions: [], drift: [], output };
    const plan = JSON.parse((await this.run("show", "-json", file)).stdout) as PlanJson;
    return { exitCode, actions: words(plan.resource_changes), drift: words(plan.resource_drift), output };
  }

  /** Runs only the test mail again, without a refresh, so that a flow closed outside stays closed. */
  retest(address: string): Promise<ChildResult> {
    return this.run("apply", "-no-color", "-input=false", "-auto-approve", "-refresh=false", `-replace=${address}`);
  }

  async resources(): Promise<StateResource[]> {
    const { stdout } = await this.run("show", "-json");
    const { values } = JSON.parse(stdout) as { values?: { root_module?: { resources?: StateResource[] } } };
    return values?.root_module?.resources ?? [];
  }
}

function words(changes: readonly ChangeJson[] = []): string[] {
  return changes
    .filter(({ mode, change }) => mode === "managed" && !change.actions.every((action) => action === "no-op"))
    .map(({ address, change }) => `${change.actions.join("+")} ${address}`);
}

/** The stages of a test mail as the state has them. */
export function stagesOf(resource: StateResource | undefined): readonly StageRow[] {
  return (resource?.values["stages"] as StageRow[] | undefined) ?? [];
}
