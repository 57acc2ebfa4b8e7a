variable "service_name" {
  description = "The Hosted Private Cloud whose vROps sends the alerts."
  type        = string
  default     = "pcc-192-0-2-10"
}

variable "smtp_host" {
  description = "The SMTP server, as vROps and the machine that runs Terraform reach it."
  type        = string
}

variable "smtp_ip" {
  description = "Its IPv4 address, for the firewall."
  type        = string
}

variable "smtp_port" {
  description = "25, 465, 587 or 2525."
  type        = number
  default     = 587
}

variable "smtp_user" {
  description = "The user of the SMTP login."
  type        = string
}

variable "smtp_password" {
  description = "Its password. Ephemeral: never in plan or state."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "smtp_password_version" {
  description = "Raise it when the password changes."
  type        = number
  default     = 1
}

variable "smtp_ca" {
  description = "The authority of the server's certificate, PEM or a path; null for the well-known ones."
  type        = string
  default     = null
}

variable "smtp_thumbprint" {
  description = "The thumbprint of the server's certificate, when vROps does not trust it by itself."
  type        = string
  default     = null
}

variable "sender" {
  description = "The address that alerts come from."
  type        = string
  default     = "alerts@example.com"
}

variable "receivers" {
  description = "Who gets the alerts."
  type        = set(string)
  default     = ["oncall@example.com"]
}
