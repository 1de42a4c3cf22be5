"""A document's own arithmetic: the checks with their places, said in Chinese or English, and set out as reports."""

from qa.audit.checks import Audit, AuditedCheck, AuditedSide, audit, audit_document

__all__ = ["Audit", "AuditedCheck", "AuditedSide", "audit", "audit_document"]
