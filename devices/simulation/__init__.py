"""What every device simulator needs: a small TCP service and a control port."""
