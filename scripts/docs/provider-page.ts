import { PROVIDER_SOURCE, PROVIDER_VERSION } from "../../lib/package/identity";
import { outboundProvider } from "../../lib/provider/definition";
import { READ_TIMEOUT } from "../../lib/terraform-plugin/timeouts";
import { attributeSections } from "./attribute-list";

/** The reference page of the provider and its block. */
export function providerPage(): string {
  return [
    "# The provider",
    outboundProvider.description,
    `\`\`\`terraform
terraform {
  required_providers {
    outbound = { source = "${PROVIDER_SOURCE}", version = "${PROVIDER_VERSION}" }
  }
}

provider "outbound" {}
\`\`\``,
    "Only the systems in use need configuration. Every field may be left out and come from the environment. An empty text is as good as none. Where a system has several kinds of login, the one in the block hides those of the environment.\n\nA plan needs the settings of what it changes, and tries the login of each system in which it creates something or that a test mail goes through, unless a read has shown already that it works: what is refused is an error of the plan, a system that cannot be reached is a warning. With `-refresh=false` no login is tried. While a setting is known only after apply, the system is not asked at all, and what exists stays as the state has it; a data source needs `depends_on` to wait.",
    "## Slow and silent systems",
    `A request waits \`http_timeout\` for its answer, each time it is made, and is made again up to \`max_retries\` times where a repetition cannot do harm: after no answer, a broken connection, a 5xx or a 429. Between them it waits as long as the system asks for. The top of the block says it for all systems, a system's own block for that one; then come \`OUTBOUND_HTTP_TIMEOUT\` and \`OUTBOUND_MAX_RETRIES\`, which yield to the variables of the system (\`VROPS_HTTP_TIMEOUT\`).

\`\`\`terraform
provider "outbound" {
  http_timeout = "30s"
  max_retries  = 2
  vrops        = { http_timeout = "3m" }
}
\`\`\`

Above that stand the \`timeouts\` of resources and data sources, which end the whole operation: a read, and a plan, after ${READ_TIMEOUT} unless they say otherwise. So a system that never answers costs no more than that. A wait that would end later is not begun: a 429 with a long \`Retry-After\` is an error at once, which says for how long the system wants to be left alone.`,
    "## Attributes",
    attributeSections(outboundProvider.attributes),
  ].join("\n\n");
}
