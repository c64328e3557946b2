"""The one page on which a clerk serves one citizen, as a value: every key gives a new card."""
