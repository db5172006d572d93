"""What schemathesis has to know of this API: its scalars, and which errors are no fault of a server."""

import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

DATES = ["2017", "2017-10", "2017-10-26", "2017-13", "26/10/2017", "0000", ""]
schemathesis.graphql.scalar("PartialDate", st.sampled_from(DATES).map(nodes.String))
schemathesis.graphql.scalar("JSON", st.text().map(nodes.String))

CLIENTS = {
    "BAD_USER_INPUT",
    "COST_LIMIT_EXCEEDED",
    "DOCUMENT_TOO_LARGE",
    "FORBIDDEN",
    "GRAPHQL_PARSE_FAILED",
    "GRAPHQL_VALIDATION_FAILED",
    "OPERATION_TOO_COMPLEX",
    "VARIABLES_TOO_LARGE",
}


@schemathesis.check
def no_fault_of_the_server(ctx, response, case):
    """An answer of GraphQL in time, in which no error is the fault of the server."""
    assert response.status_code < 500, response.text
    answer = response.json()
    codes = {error["extensions"]["code"] for error in answer.get("errors", [])}
    assert "data" in answer or codes, response.text
    assert codes <= CLIENTS, response.text
