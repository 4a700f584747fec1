"""What har2rpc writes is run here: against servers that answer from the capture."""
