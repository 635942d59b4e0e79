"""National Referral Mechanism statistics."""
