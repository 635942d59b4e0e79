"""Finding a publisher's newest file and bringing it here whole."""
