"""What people read in the terminal: a file for each table, imported by the command that prints it."""
