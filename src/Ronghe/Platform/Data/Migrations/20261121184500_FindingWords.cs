using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class FindingWords : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "finding_words",
                columns: table => new
                {
                    finding_id = table.Column<Guid>(type: "uuid", nullable: false),
                    words = table.Column<int[]>(type: "integer[]", nullable: false),
                    scope = table.Column<Guid[]>(type: "uuid[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_finding_words", x => x.finding_id);
                    table.ForeignKey(
                        name: "fk_finding_words_findings_finding_id",
                        column: x => x.finding_id,
                        principalTable: "findings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "finding_words_index",
                table: "finding_words",
                columns: new[] { "words", "scope" })
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:StorageParameter:gin_pending_list_limit", 512);

            migrationBuilder.Sql(Upkeep);
        }

        /// <summary>
        /// Whom a finding is in reach of changes with its unit, its people and the tree. The database follows, so that no way of
        /// changing one of them can forget it: the next request finds what it may, and nothing else.
        /// </summary>
        const string Upkeep = """
            alter table finding_words alter column words set statistics 500;
            alter table findings alter column reported_at set statistics 200;

            create function finding_scope(finding uuid) returns uuid[] language sql stable as $$
                select array(
                    select c.ancestor_id from node_closure c where c.descendant_id = f.unit_id and c.ancestor_id <> f.company_id
                    union
                    select person from unnest(array[f.reporter_id, f.rectifier_id, f.verifier_id, f.escalated_to_id] || f.co_reporter_ids) person where person is not null
                    order by 1)
                from findings f where f.id = finding $$;

            create function finding_words_begin() returns trigger language plpgsql as $$
            begin
                new.scope := finding_scope(new.finding_id);
                return new;
            end $$;
            create trigger finding_words_begin before insert on finding_words for each row execute function finding_words_begin();

            create function finding_words_follow_finding() returns trigger language plpgsql as $$
            begin
                update finding_words set scope = finding_scope(new.id) where finding_id = new.id;
                return null;
            end $$;
            create trigger finding_words_follow_finding after update of unit_id, rectifier_id, verifier_id, escalated_to_id on findings for each row
                when (old.unit_id is distinct from new.unit_id or old.rectifier_id is distinct from new.rectifier_id
                    or old.verifier_id is distinct from new.verifier_id or old.escalated_to_id is distinct from new.escalated_to_id)
                execute function finding_words_follow_finding();

            -- All findings of a unit have the same way up, so one of them tells whether the unit has moved. What leaves a superior gets
            -- another one in the same act; looking when it gets it is enough.
            create function finding_words_follow_tree() returns trigger language plpgsql as $$
            begin
                update finding_words w set scope = finding_scope(f.id)
                from findings f
                where f.id = w.finding_id and f.unit_id in (
                    select unit.id from (select distinct descendant_id id from placed) unit
                    cross join lateral (
                        select one.id from findings one where one.unit_id = unit.id and exists (select from finding_words known where known.finding_id = one.id)
                        order by one.reported_at desc, one.id desc limit 1) sample
                    join finding_words known on known.finding_id = sample.id
                    where known.scope is distinct from finding_scope(sample.id));
                return null;
            end $$;
            create trigger finding_words_follow_tree after insert on node_closure referencing new table as placed for each statement
                execute function finding_words_follow_tree();
            """;

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.Sql("""
                drop trigger finding_words_follow_tree on node_closure;
                drop trigger finding_words_follow_finding on findings;
                drop function finding_words_follow_tree, finding_words_follow_finding;
                """);
            migrationBuilder.DropTable(
                name: "finding_words");
            migrationBuilder.Sql("drop function finding_words_begin, finding_scope");
        }
    }
}
