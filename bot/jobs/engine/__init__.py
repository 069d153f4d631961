"""What makes jobs run: claiming what is due, preparing it, delivering what comes of it, and who does that."""
