"""A thermal printer at the other end of the wire: it reads what we send as hardware does and keeps the paper."""
