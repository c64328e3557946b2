"""Evaluators (评价器): keypads with five keys on a serial line or a TCP port."""
