"""What findings do to the tissue around them: pulls, strands, patches of gland, dents."""
