"""What all kinds of explorers share."""
