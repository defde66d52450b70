using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class Risks : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "risk_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "risk_sessions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    node_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    from_on = table.Column<DateOnly>(type: "date", nullable: false),
                    to_on = table.Column<DateOnly>(type: "date", nullable: false),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: false),
                    chair_id = table.Column<Guid>(type: "uuid", nullable: false),
                    invited_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    work_plan = table.Column<string>(type: "text", nullable: false),
                    planned_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    status = table.Column<string>(type: "text", nullable: false),
                    risk_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    held_on = table.Column<DateOnly>(type: "date", nullable: true),
                    held_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    present_ids = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    inputs = table.Column<string>(type: "jsonb", nullable: true),
                    conclusion = table.Column<string>(type: "text", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_sessions", x => x.id);
                    table.ForeignKey(
                        name: "fk_risk_sessions_nodes_node_id",
                        column: x => x.node_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_risk_sessions_people_chair_id",
                        column: x => x.chair_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "risks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    scenario = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    place_id = table.Column<Guid>(type: "uuid", nullable: true),
                    place_text = table.Column<string>(type: "text", nullable: false),
                    accident_type = table.Column<string>(type: "text", nullable: false),
                    owner_id = table.Column<Guid>(type: "uuid", nullable: true),
                    content_id = table.Column<string>(type: "text", nullable: true),
                    identified_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    identified_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "text", nullable: false),
                    proposed_from = table.Column<string>(type: "text", nullable: true),
                    level = table.Column<string>(type: "text", nullable: true),
                    agreed = table.Column<string>(type: "text", nullable: true),
                    rank = table.Column<int>(type: "integer", nullable: false),
                    review_on = table.Column<DateOnly>(type: "date", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risks", x => x.id);
                    table.ForeignKey(
                        name: "fk_risks_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_risks_people_owner_id",
                        column: x => x.owner_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_risks_places_place_id",
                        column: x => x.place_id,
                        principalTable: "places",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "risk_assessments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    risk_id = table.Column<Guid>(type: "uuid", nullable: false),
                    stage = table.Column<string>(type: "text", nullable: false),
                    method = table.Column<string>(type: "text", nullable: false),
                    points = table.Column<decimal[]>(type: "numeric[]", nullable: false),
                    score = table.Column<decimal>(type: "numeric", nullable: false),
                    level = table.Column<string>(type: "text", nullable: false),
                    review_days = table.Column<int>(type: "integer", nullable: false),
                    rules_number = table.Column<int>(type: "integer", nullable: false),
                    session_id = table.Column<Guid>(type: "uuid", nullable: true),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    note = table.Column<string>(type: "text", nullable: false),
                    standing = table.Column<string>(type: "text", nullable: false),
                    confirmer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    settled_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    settled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    settled_note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_risk_assessments", x => x.id);
                    table.ForeignKey(
                        name: "fk_risk_assessments_risks_risk_id",
                        column: x => x.risk_id,
                        principalTable: "risks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_risk_assessments_confirmer_id",
                table: "risk_assessments",
                column: "confirmer_id",
                filter: "standing = 'Proposed'");

            migrationBuilder.CreateIndex(
                name: "ix_risk_assessments_risk_id_at",
                table: "risk_assessments",
                columns: new[] { "risk_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_assessments_session_id",
                table: "risk_assessments",
                column: "session_id",
                filter: "session_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_risk_rules_company_id_number",
                table: "risk_rules",
                columns: new[] { "company_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_risk_sessions_chair_id",
                table: "risk_sessions",
                column: "chair_id");

            migrationBuilder.CreateIndex(
                name: "ix_risk_sessions_company_id_planned_on_id",
                table: "risk_sessions",
                columns: new[] { "company_id", "planned_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_risk_sessions_node_id_held_on",
                table: "risk_sessions",
                columns: new[] { "node_id", "held_on" });

            migrationBuilder.CreateIndex(
                name: "ix_risks_company_id_content_id",
                table: "risks",
                columns: new[] { "company_id", "content_id" },
                unique: true,
                filter: "content_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_risks_company_id_rank_identified_at_id",
                table: "risks",
                columns: new[] { "company_id", "rank", "identified_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_risks_owner_id_review_on",
                table: "risks",
                columns: new[] { "owner_id", "review_on" });

            migrationBuilder.CreateIndex(
                name: "ix_risks_place_id",
                table: "risks",
                column: "place_id");

            migrationBuilder.CreateIndex(
                name: "ix_risks_unit_id_state",
                table: "risks",
                columns: new[] { "unit_id", "state" });

            migrationBuilder.CreateIndex(
                name: "risks_proposed",
                table: "risks",
                column: "company_id",
                filter: "state = 'Proposed'");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "risk_assessments");

            migrationBuilder.DropTable(
                name: "risk_rules");

            migrationBuilder.DropTable(
                name: "risk_sessions");

            migrationBuilder.DropTable(
                name: "risks");
        }
    }
}
