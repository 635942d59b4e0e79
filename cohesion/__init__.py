"""What all rooms share: the words of the data, and the few acts that none of them owns."""
