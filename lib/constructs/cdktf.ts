/**
 * The only file that imports CDKTF. CDKTF is archived and lives on as CDK Terrain (`cdktn`) with the
 * same API: offering the library for it means changing this file.
 */
export {
  Annotations,
  App,
  Aspects,
  DefaultTokenResolver,
  Fn,
  HttpBackend,
  ImportableResource,
  LocalBackend,
  S3Backend,
  StringConcat,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Testing,
  Token,
  Tokenization,
  Lazy,
  dependable,
} from "cdktf";
export type {
  IAspect,
  IResolvable,
  ISynthesisSession,
  ITerraformDependable,
  TerraformMetaArguments,
  TerraformResourceLifecycle,
} from "cdktf";
export { NullProvider } from "@cdktf/provider-null/lib/provider";
export { Resource as NullResource } from "@cdktf/provider-null/lib/resource";

/** CDKTF calls `onSynthesize` of the value behind this property when the stack is written; it exports no function for it. */
export const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
