"""What whoever sends a capture may have put into it, and that nothing of it happens."""
