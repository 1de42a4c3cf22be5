"""The pages of the app: widgets only. What they show is worked out in `qa.webapp`."""
