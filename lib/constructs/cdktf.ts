/**
 * The only file through which the constructs use CDKTF. CDKTF is archived and continues as CDK Terrain (`cdktn`) with the
 * same API: the build compiles everything that depends on this file a second time, with `cdktn` in its place.
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

/** The key under which CDKTF looks for `onSynthesize` of a value when it writes the stack; it exports no constant for it. */
export const CUSTOM_SYNTHESIS = Symbol.for("cdktf/customSynthesis");
