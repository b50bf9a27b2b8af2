"""Pictures, each with its text: HTML bars for screens, matplotlib for paper."""
