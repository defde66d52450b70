using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class SafetyZones : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_findings_place_id",
                table: "findings");

            migrationBuilder.CreateTable(
                name: "checklists",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    scope = table.Column<string>(type: "text", nullable: false),
                    cadence = table.Column<string>(type: "text", nullable: false),
                    source = table.Column<string>(type: "text", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    edited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklists", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "site_plans",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: true),
                    width = table.Column<int>(type: "integer", nullable: false),
                    height = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_site_plans", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "zones",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    branch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checklist_codes = table.Column<string[]>(type: "text[]", nullable: false),
                    cadence = table.Column<string>(type: "text", nullable: false),
                    corners = table.Column<int[]>(type: "integer[]", nullable: false),
                    content_id = table.Column<string>(type: "text", nullable: true),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zones", x => x.id);
                    table.ForeignKey(
                        name: "fk_zones_nodes_branch_id",
                        column: x => x.branch_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_zones_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "checklist_versions",
                columns: table => new
                {
                    checklist_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    name = table.Column<string>(type: "text", nullable: false),
                    items = table.Column<string>(type: "jsonb", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_checklist_versions", x => new { x.checklist_id, x.number });
                    table.ForeignKey(
                        name: "fk_checklist_versions_checklists_checklist_id",
                        column: x => x.checklist_id,
                        principalTable: "checklists",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "zone_leads",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    zone_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false),
                    from_on = table.Column<DateOnly>(type: "date", nullable: false),
                    to_on = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zone_leads", x => x.id);
                    table.ForeignKey(
                        name: "fk_zone_leads_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_zone_leads_zones_zone_id",
                        column: x => x.zone_id,
                        principalTable: "zones",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "zone_places",
                columns: table => new
                {
                    place_id = table.Column<Guid>(type: "uuid", nullable: false),
                    zone_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zone_places", x => x.place_id);
                    table.ForeignKey(
                        name: "fk_zone_places_places_place_id",
                        column: x => x.place_id,
                        principalTable: "places",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_zone_places_zones_zone_id",
                        column: x => x.zone_id,
                        principalTable: "zones",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inspections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "text", nullable: false),
                    title = table.Column<string>(type: "text", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    zone_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lead_id = table.Column<Guid>(type: "uuid", nullable: false),
                    planned_on = table.Column<DateOnly>(type: "date", nullable: false),
                    checklist_id = table.Column<Guid>(type: "uuid", nullable: true),
                    checklist_number = table.Column<int>(type: "integer", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    conclusion = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspections", x => x.id);
                    table.ForeignKey(
                        name: "fk_inspections_checklist_versions_checklist_id_checklist_number",
                        columns: x => new { x.checklist_id, x.checklist_number },
                        principalTable: "checklist_versions",
                        principalColumns: new[] { "checklist_id", "number" },
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_inspections_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_inspections_people_lead_id",
                        column: x => x.lead_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_inspections_zones_zone_id",
                        column: x => x.zone_id,
                        principalTable: "zones",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "explanations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    finding_id = table.Column<Guid>(type: "uuid", nullable: false),
                    what = table.Column<string>(type: "text", nullable: false),
                    why = table.Column<string>(type: "text", nullable: false),
                    duty = table.Column<string>(type: "text", nullable: false),
                    measure = table.Column<string>(type: "text", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    heard_by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    heard_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    is_accepted = table.Column<bool>(type: "boolean", nullable: true),
                    heard_note = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_explanations", x => x.id);
                    table.ForeignKey(
                        name: "fk_explanations_findings_finding_id",
                        column: x => x.finding_id,
                        principalTable: "findings",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_explanations_inspections_inspection_id",
                        column: x => x.inspection_id,
                        principalTable: "inspections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inspection_answers",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<string>(type: "text", nullable: false),
                    verdict = table.Column<string>(type: "text", nullable: true),
                    number = table.Column<decimal>(type: "numeric", nullable: true),
                    note = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspection_answers", x => new { x.inspection_id, x.item_id });
                    table.ForeignKey(
                        name: "fk_inspection_answers_inspections_inspection_id",
                        column: x => x.inspection_id,
                        principalTable: "inspections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "inspection_members",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    role = table.Column<string>(type: "text", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspection_members", x => new { x.inspection_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_inspection_members_inspections_inspection_id",
                        column: x => x.inspection_id,
                        principalTable: "inspections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_inspection_members_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "spot_check_draws",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    candidates = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    seed = table.Column<byte[]>(type: "bytea", nullable: false),
                    drawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_spot_check_draws", x => x.inspection_id);
                    table.ForeignKey(
                        name: "fk_spot_check_draws_inspections_inspection_id",
                        column: x => x.inspection_id,
                        principalTable: "inspections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_spot_check_draws_nodes_unit_id",
                        column: x => x.unit_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_findings_place_id_status_due_on_reported_at",
                table: "findings",
                columns: new[] { "place_id", "status", "due_on", "reported_at" });

            migrationBuilder.CreateIndex(
                name: "ix_checklists_code",
                table: "checklists",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_explanations_finding_id",
                table: "explanations",
                column: "finding_id");

            migrationBuilder.CreateIndex(
                name: "ix_explanations_inspection_id_finding_id",
                table: "explanations",
                columns: new[] { "inspection_id", "finding_id" });

            migrationBuilder.CreateIndex(
                name: "ix_inspection_members_person_id",
                table: "inspection_members",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_checklist_id_checklist_number",
                table: "inspections",
                columns: new[] { "checklist_id", "checklist_number" });

            migrationBuilder.CreateIndex(
                name: "ix_inspections_company_id_planned_on_id",
                table: "inspections",
                columns: new[] { "company_id", "planned_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_inspections_lead_id",
                table: "inspections",
                column: "lead_id");

            migrationBuilder.CreateIndex(
                name: "ix_inspections_unit_id_planned_on",
                table: "inspections",
                columns: new[] { "unit_id", "planned_on" });

            migrationBuilder.CreateIndex(
                name: "ix_inspections_zone_id_finished_at",
                table: "inspections",
                columns: new[] { "zone_id", "finished_at" },
                filter: "zone_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_site_plans_company_id",
                table: "site_plans",
                column: "company_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_spot_check_draws_unit_id",
                table: "spot_check_draws",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_zone_leads_person_id",
                table: "zone_leads",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_zone_leads_zone_id",
                table: "zone_leads",
                column: "zone_id");

            migrationBuilder.CreateIndex(
                name: "ix_zone_places_zone_id",
                table: "zone_places",
                column: "zone_id");

            migrationBuilder.CreateIndex(
                name: "ix_zones_branch_id",
                table: "zones",
                column: "branch_id");

            migrationBuilder.CreateIndex(
                name: "ix_zones_company_id_content_id",
                table: "zones",
                columns: new[] { "company_id", "content_id" },
                unique: true,
                filter: "content_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_zones_company_id_name",
                table: "zones",
                columns: new[] { "company_id", "name" },
                unique: true,
                filter: "is_active");

            migrationBuilder.CreateIndex(
                name: "ix_zones_unit_id",
                table: "zones",
                column: "unit_id");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "explanations");

            migrationBuilder.DropTable(
                name: "inspection_answers");

            migrationBuilder.DropTable(
                name: "inspection_members");

            migrationBuilder.DropTable(
                name: "site_plans");

            migrationBuilder.DropTable(
                name: "spot_check_draws");

            migrationBuilder.DropTable(
                name: "zone_leads");

            migrationBuilder.DropTable(
                name: "zone_places");

            migrationBuilder.DropTable(
                name: "inspections");

            migrationBuilder.DropTable(
                name: "checklist_versions");

            migrationBuilder.DropTable(
                name: "zones");

            migrationBuilder.DropTable(
                name: "checklists");

            migrationBuilder.DropIndex(
                name: "ix_findings_place_id_status_due_on_reported_at",
                table: "findings");

            migrationBuilder.CreateIndex(
                name: "ix_findings_place_id",
                table: "findings",
                column: "place_id");
        }
    }
}
