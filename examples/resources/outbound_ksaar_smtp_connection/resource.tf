terraform {
  required_providers {
    outbound = { source = "registry.terraform.io/cdktf-outbound/outbound" }
  }
}

variable "smtp_password" {
  description = "The password of the SMTP login."
  type        = string
  sensitive   = true
  ephemeral   = true
}

# Ksaar has no API for it: the first apply prints the steps by which a person enters it.
resource "outbound_ksaar_smtp_connection" "alerts" {
  name                = "Alertes"
  sender              = "alerts@example.com"
  reply_to            = "noc@example.com"
  host                = "smtp.example.com"
  port                = 587
  authentication      = "LOGIN"
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raise it when the password changes
  default_connection  = true
}

# Once it is entered, this goes into `confirmed`.
output "digest" {
  value = outbound_ksaar_smtp_connection.alerts.digest
}
