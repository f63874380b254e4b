"""Real and drawn views brought to one frame, so that tissue alone can tell which is which.

For the reader test "real or synthetic?": what an image is must not show in its size, margins,
background, labels, bit depth or file format. No torch: web processes and commands use it.
"""
