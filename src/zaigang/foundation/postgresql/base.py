"""Django's PostgreSQL backend, which looks at a connection that it has open before it asks the server."""

import select
from time import monotonic
from typing import Any

from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from psycopg.pq import ConnStatus, TransactionStatus

#: Seconds without a look after which the server is asked all the same: a machine that lost its power says nothing.
TRUSTED_FOR = 30.0


class DatabaseWrapper(PostgreSQL):
    """Keeps `CONN_HEALTH_CHECKS` without paying a round trip for every request.

    A server that stops, restarts or ends a session closes the socket, and a closed socket is readable. So a connection
    in use lately, at rest, whose socket holds nothing to read is alive. Every other one is asked, as Django does.
    """

    _looked_at = float("-inf")

    def get_new_connection(self, conn_params: Any) -> Any:
        connection = super().get_new_connection(conn_params)
        self._looked_at = monotonic()
        return connection

    def is_usable(self) -> bool:
        """Whether the open connection can be used. Raises nothing; costs a round trip only when in doubt."""
        before, self._looked_at = self._looked_at, monotonic()
        lately = self._looked_at - before < TRUSTED_FOR
        return (lately and _at_rest(self.connection)) or super().is_usable()


def _at_rest(connection: Any) -> bool:
    """Whether the connection is open, outside a transaction, and its socket silent."""
    if connection is None:
        return False
    link = connection.pgconn
    if link.status != ConnStatus.OK or link.transaction_status != TransactionStatus.IDLE:
        return False
    watch = select.poll()  # unlike select, it takes any number of open files
    watch.register(link.socket, select.POLLIN)
    return not watch.poll(0)  # an error or a hang-up is told unasked
