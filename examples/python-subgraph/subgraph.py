"""A subgraph in Python: the hotlines (đường dây nóng) of organizations in the graph."""

import strawberry
from strawberry.asgi import GraphQL

# Put your database in the place of this table: ids of the graph, with made-up numbers of the reserved sort.
HOTLINES = {
    "org-hoi-nct-viet-nam": ["1900 0001"],
    "org-bo-cong-an": ["1900 0002", "1900 0003"],
}


# What the graph knows of an organization, and says of it, comes from other subgraphs; the field here is added.
@strawberry.federation.interface_object(keys=["id"])
class Organization:
    id: strawberry.ID

    @strawberry.field(description="Numbers to call (đường dây nóng); empty when none is known.")
    def hotlines(self) -> list[str]:
        return HOTLINES.get(self.id, [])

    @classmethod
    def resolve_reference(cls, id: strawberry.ID) -> "Organization":
        return cls(id=id)


@strawberry.type
class Query:
    @strawberry.field(description="Organizations that have a hotline, by their key in the graph.")
    def organizations_with_hotline(self) -> list[Organization]:
        return [Organization(id=strawberry.ID(id)) for id in sorted(HOTLINES)]


schema = strawberry.federation.Schema(query=Query)
app = GraphQL(schema)
