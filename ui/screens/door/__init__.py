"""Before anybody is known here: a computer asks for its identity, a manager signs in at a desk of their own."""
