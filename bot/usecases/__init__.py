"""What learners and teachers can do, one class per area; an update is one transaction."""
