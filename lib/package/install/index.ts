/** The installation of the provider without a registry, for the constructs and `outbound provider install`. */
export { LOCK_FILE, lockedProviders, mergeLockFile, updateLockFile, type LockEntry } from "./lock-file";
export { executableName, packageHash, writeProviderMirror } from "./mirror";
export { executable, packageRoot } from "./package-files";
export { platformName, unableToStart } from "./platform";
export { pinnedProviders, requiredInHcl, requiredInJson, type Requirement } from "./required-providers";
