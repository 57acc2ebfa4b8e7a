import { Construct } from "constructs";
import type { ITerraformDependable, TerraformResource } from "./cdktf";
import { inOneLibrary } from "./one-library";

/** A construct around one resource: others can depend on it, and it on others. */
export abstract class Noun extends Construct implements ITerraformDependable {
  constructor(scope: Construct, id: string) {
    super(inOneLibrary(scope), id);
  }

  /** The resource behind it, for everything this construct has no word for. */
  abstract readonly resource: TerraformResource;

  get fqn(): string {
    return this.resource.fqn;
  }
}

/** Keeps the noun's own name as the resource's Terraform address. */
export const MAIN = "Default";
