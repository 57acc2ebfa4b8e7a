import { Construct } from "constructs";
import type { ITerraformDependable, TerraformResource } from "./cdktf";
import { inOneLibrary } from "./one-library";

/** A construct around one resource: others can depend on it, and it on others. */
export abstract class Noun extends Construct implements ITerraformDependable {
  constructor(scope: Construct, id: string) {
    super(inOneLibrary(scope), id);
  }

  /** The underlying resource, for settings that this construct does not offer. */
  abstract readonly resource: TerraformResource;

  get fqn(): string {
    return this.resource.fqn;
  }
}

/** The id that gives the resource the noun's own name as its Terraform address. */
export const MAIN = "Default";
