"""What learners and teachers can do, one class per area. Every effect of an update is one transaction."""
