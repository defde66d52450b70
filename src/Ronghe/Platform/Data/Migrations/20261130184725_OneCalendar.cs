using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class OneCalendar : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "finished_on",
                table: "inspections",
                type: "date",
                nullable: true);

            migrationBuilder.Sql("update inspections set finished_on = (finished_at at time zone 'UTC' + interval '8 hours')::date where finished_at is not null");

            migrationBuilder.CreateTable(
                name: "calendar_feeds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hash = table.Column<string>(type: "text", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calendar_feeds", x => x.id);
                    table.ForeignKey(
                        name: "fk_calendar_feeds_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "plan_entries",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    tag = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    from_on = table.Column<DateOnly>(type: "date", nullable: false),
                    to_on = table.Column<DateOnly>(type: "date", nullable: false),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: true),
                    people_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    joined_into_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    planned_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_plan_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_plan_entries_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_plan_entries_people_lead_id",
                        column: x => x.lead_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_plan_entries_plan_entries_joined_into_id",
                        column: x => x.joined_into_id,
                        principalTable: "plan_entries",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "inspections_to_explain",
                table: "inspections",
                column: "unit_id",
                filter: "kind = 'SpotCheck' and status in ('Started', 'Finished')");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_company_id_kind_finished_on",
                table: "inspections",
                columns: new[] { "company_id", "kind", "finished_on" },
                filter: "finished_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_lead_id_finished_on",
                table: "inspections",
                columns: new[] { "lead_id", "finished_on" },
                filter: "finished_on is not null");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_zone_id_finished_on",
                table: "inspections",
                columns: new[] { "zone_id", "finished_on" },
                filter: "finished_on is not null and zone_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_hash",
                table: "calendar_feeds",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_calendar_feeds_person_id",
                table: "calendar_feeds",
                column: "person_id",
                unique: true,
                filter: "revoked_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_plan_entries_company_id_from_on",
                table: "plan_entries",
                columns: new[] { "company_id", "from_on" },
                filter: "state = 'Planned'");

            migrationBuilder.CreateIndex(
                name: "ix_plan_entries_joined_into_id",
                table: "plan_entries",
                column: "joined_into_id");

            migrationBuilder.CreateIndex(
                name: "ix_plan_entries_lead_id",
                table: "plan_entries",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_plan_entries_unit_id",
                table: "plan_entries",
                column: "unit_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "calendar_feeds");

            migrationBuilder.DropTable(
                name: "plan_entries");

            migrationBuilder.DropIndex(
                name: "inspections_to_explain",
                table: "inspections");

            migrationBuilder.DropIndex(
                name: "ix_inspections_company_id_kind_finished_on",
                table: "inspections");

            migrationBuilder.DropIndex(
                name: "ix_inspections_lead_id_finished_on",
                table: "inspections");

            migrationBuilder.DropIndex(
                name: "ix_inspections_zone_id_finished_on",
                table: "inspections");

            migrationBuilder.DropColumn(
                name: "finished_on",
                table: "inspections");
        }
    }
}
