"""The counter's own store: SQLCipher, one transaction an act.

For a real counter::

    keys = load_keys(SystemKeyring(name) | KeyFile(path), clock, store_exists=path.exists())   # app.storage.keys
    database = open_file(path, keys.database, clock)                                           # app.storage.opening
    store = CounterStore(database, clock, Ed25519Signer(keys.device_seed))                     # .store, .signer
    replica = CounterReplica(database, clock)                                                  # .replica
    spool = CounterSpool(database)                                                             # .spool

For simulation and tests: ``open_memory(clock)``; or ``open_with(connect, clock, shared=…)`` with connections of your
own. Stores, replica and spool of one ``Database`` may be used from different threads. Faults of the file are
``app.ports.store_fault.StoreFault`` with a reason.
"""
