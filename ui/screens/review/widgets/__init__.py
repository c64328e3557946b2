"""What the reviewer's window draws that no other has."""
