"""Real or synthetic? The reader test over a site's own licensed images and drawn ones."""
