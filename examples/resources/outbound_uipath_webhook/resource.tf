terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

variable "signing_key" {
  description = "What UiPath signs its calls with."
  type        = string
  sensitive   = true
  ephemeral   = true
}

# Jobs that fail call the on-call service.
resource "outbound_uipath_webhook" "faults" {
  name              = "Faults to on-call"
  url               = "https://alerts.example.com/uipath"
  events            = ["job.faulted", "robot.disconnected"]
  secret_wo         = var.signing_key
  secret_wo_version = 1 # raise it when the key changes
}
