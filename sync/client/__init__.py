"""The counter's end of the wire: a session that decides, a thread that does, HTTP, and hints.

::

    server = HttpCentralServer(base_url, token, clock)                         # .http: implements CentralServer
    session = Session(replica, clock, signer.public_key())                     # .session: no socket, no thread
    worker = SyncWorker(session, server, server.reconnect, on_status, on_change)
                                                               # .worker: start() wake() hint() set_hinted() stop()
    hints = HintListener(base_url, token, hall, worker)                        # .hints: start() stop()
    authority = HallAuthority(server, hall)                  # .authority: QueueAuthority, ClerkAuthority

A simulation does without worker and HTTP: ``exchange(session, server, reconnect)`` (.exchange) is one step and returns
a ``Wait`` when there is nothing to do; ``session.status()`` is the ``app.domain.link.LinkStatus`` of the chip.
"""
