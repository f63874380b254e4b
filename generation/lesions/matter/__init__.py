"""What findings are made of: bodies, walls, particles and metal in 3D, projected per view."""
