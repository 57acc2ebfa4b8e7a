/** Comments and issues on GitHub and GitLab. */
export { ForbiddenError } from "./errors";
export { forgeOfJob, type JobForge } from "./from-environment";
export type { Forge, MergedRequest } from "./forge";
export { keepComment, ownComments, type Kept } from "./keep-comment";
export { keepIssue, type IssueRequest, type KeptIssue } from "./keep-issue";
