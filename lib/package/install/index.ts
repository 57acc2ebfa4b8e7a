/** How Terraform gets the provider without a registry: shared by the constructs and `outbound provider install`. */
export { LOCK_FILE, mergeLockFile, type LockEntry } from "./lock-file";
export { packageHash, writeProviderMirror, type MirrorEntry } from "./mirror";
export { executable, packageRoot } from "./package-files";
export { platformName, unableToStart } from "./platform";
