"""What Heard is measured against: ordinary small apps that do the same with nothing else."""
