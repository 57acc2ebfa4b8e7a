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

resource "outbound_vrops_email_plugin" "smtp" {
  name                = "Prod SMTP"
  smtp_host           = "smtp.example.com"
  smtp_port           = 587
  security            = "starttls"
  username            = "alerts"
  password_wo         = var.smtp_password
  password_wo_version = 1 # raise it when the password changes
  sender_address      = "alerts@example.com"
  sender_name         = "Alerting"
}
