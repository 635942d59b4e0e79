"""National Transfer Scheme for unaccompanied children."""
