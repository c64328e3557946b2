"""What ``chuangkou doctor`` and the settings window look at: one part of this machine after the other."""
