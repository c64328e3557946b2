"""The central server without its HTTP face: one verb a file, the same object for HTTP and for the simulation.

For a simulation in memory::

    storage = memory_storage()                                   # sync.server.storage.engine
    cipher = AesGcmCipher(key32, clock.random_bytes)             # sync.server.storage.cipher
    service = CentralService(storage, clock, cipher)             # sync.server.service.central
    provision.add_hall(storage, clock, hall="9901", centre="9901")
    provision.add_device(storage, "9901", "A01", Role.COUNTER, token="…", window="A01")
    provision.add_clerk(storage, Profile(…), hall="9901", password=None)
    provision.publish_document(storage, clock, "9901", document)   # only to begin with: later versions pass the gate
    caller = service.authenticate("…")
    server: CentralServer = service.as_caller(caller)            # sync.protocol.interface

``document`` is the plain catalogue; the service itself reads ``windows`` (``numbers``), ``businesses`` (``code``,
``windows``) and ``priorities`` (``code``) of it. Without a published catalogue every business and window is unknown.
"""
