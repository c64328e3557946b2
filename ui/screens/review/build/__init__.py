"""The reviewer's window as a pure function of what is known."""
