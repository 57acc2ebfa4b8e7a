import type { ProviderFunction } from "../../terraform-plugin/function";
import { secretVersion } from "./secret-version";
import { thumbprint } from "./thumbprint";

export const functions: readonly ProviderFunction[] = [thumbprint, secretVersion];
