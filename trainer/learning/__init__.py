"""What is known of each reader, and which case comes next."""
