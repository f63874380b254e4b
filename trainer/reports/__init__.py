"""What readings add up to: for the reader, and for the program's director. Reads only."""
