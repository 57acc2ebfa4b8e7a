/**
 * The only file through which the constructs know CDKTF. CDKTF is archived and lives on as CDK Terrain (`cdktn`) with the
 * same API: the build makes everything that stands on this file a second time, with `cdktn` in its place.
 */
import "./for-cdktf/library";

export {
  Annotations,
  App,
  Aspects,
  DataResource,
  DefaultTokenResolver,
  Fn,
  ImportableResource,
  LocalBackend,
  StringConcat,
  TerraformDataSource,
  TerraformElement,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  Token,
  Tokenization,
  Lazy,
  call,
  dependable,
} from "cdktf";
export type { IResolvable, ISynthesisSession, ITerraformDependable, TerraformMetaArguments } from "cdktf";

/** CDKTF calls `onSynthesize` of the value behind this property when the stack is written; it exports no function for it. */
export const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
