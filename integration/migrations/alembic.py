"""Alembic, upgrade and downgrade, and SQLAlchemy's create_all. Argument: URL."""
import sys
import sqlalchemy as sa
from sqlalchemy.orm import Session, DeclarativeBase, Mapped, mapped_column
from alembic.migration import MigrationContext
from alembic.operations import Operations

engine = sa.create_engine(sys.argv[1].replace("postgresql://", "postgresql+psycopg://"))
class Base(DeclarativeBase): pass
class Customer(Base):
    __tablename__ = "customers"
    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(sa.String(254), unique=True, index=True)
    name: Mapped[str | None] = mapped_column(sa.String(80), server_default="nobody")
    note: Mapped[str | None] = mapped_column(sa.Text)

for _ in range(2):
    with engine.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        op.create_table("customers", sa.Column("id", sa.Integer, primary_key=True),
            sa.Column("email", sa.String(100), nullable=False), sa.Column("note", sa.Text))
        op.create_index("ix_customers_email", "customers", ["email"], unique=True)
        op.bulk_insert(sa.table("customers", sa.column("email", sa.String), sa.column("note", sa.Text)),
            [{"email": f"user{n}@example.com", "note": "secret"} for n in range(5)])
    with engine.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        op.add_column("customers", sa.Column("name", sa.String(80), server_default="nobody", nullable=False))
        op.alter_column("customers", "email", type_=sa.String(254), existing_type=sa.String(100))
        op.alter_column("customers", "note", nullable=True)
        op.create_unique_constraint("customers_email_key", "customers", ["email"])
    with Session(engine) as session:
        one = session.scalars(sa.select(Customer).where(Customer.email == "user3@example.com")).one()
        assert (one.name, one.note) == ("nobody", "secret")
        session.add(Customer(email="new@example.com"))
        session.commit()
    with engine.begin() as connection:
        op = Operations(MigrationContext.configure(connection))
        op.drop_constraint("customers_email_key", "customers")
        op.drop_column("customers", "name")
        op.drop_index("ix_customers_email", "customers")
        op.drop_table("customers")
Base.metadata.create_all(engine)
with Session(engine) as session:
    session.add_all(Customer(email=f"user{n}@example.com") for n in range(100))
    session.commit()
    assert session.scalars(sa.select(Customer.name).where(Customer.email == "user42@example.com")).one() == "nobody"
print("done")
