using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class DutiesAndWatch : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "duty_excuses",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    subject_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_on = table.Column<DateOnly>(type: "date", nullable: false),
                    to_on = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_excuses", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "duty_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "text", nullable: false),
                    definition = table.Column<string>(type: "jsonb", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_duty_rules", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "watch_absences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_on = table.Column<DateOnly>(type: "date", nullable: false),
                    to_on = table.Column<DateOnly>(type: "date", nullable: false),
                    is_cancelled = table.Column<bool>(type: "boolean", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_absences", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "watch_swaps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    week_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asker_id = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_id = table.Column<Guid>(type: "uuid", nullable: false),
                    in_return_id = table.Column<Guid>(type: "uuid", nullable: true),
                    reason = table.Column<string>(type: "text", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    status = table.Column<string>(type: "text", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_swaps", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "watch_weeks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    branch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    monday = table.Column<DateOnly>(type: "date", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_weeks", x => x.id);
                    table.ForeignKey(
                        name: "fk_watch_weeks_nodes_branch_id",
                        column: x => x.branch_id,
                        principalTable: "nodes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "watch_duties",
                columns: table => new
                {
                    week_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_given_up = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_watch_duties", x => new { x.week_id, x.person_id });
                    table.ForeignKey(
                        name: "fk_watch_duties_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_watch_duties_watch_weeks_week_id",
                        column: x => x.week_id,
                        principalTable: "watch_weeks",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "ix_duty_excuses_subject_id_code_from_on",
                table: "duty_excuses",
                columns: new[] { "subject_id", "code", "from_on" },
                unique: true,
                filter: "withdrawn_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_duty_rules_company_id_code",
                table: "duty_rules",
                columns: new[] { "company_id", "code" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_watch_absences_person_id_to_on",
                table: "watch_absences",
                columns: new[] { "person_id", "to_on" });

            migrationBuilder.CreateIndex(
                name: "ix_watch_duties_person_id",
                table: "watch_duties",
                column: "person_id");

            migrationBuilder.CreateIndex(
                name: "ix_watch_swaps_asked_id",
                table: "watch_swaps",
                column: "asked_id",
                filter: "status = 'Asked'");

            migrationBuilder.CreateIndex(
                name: "ix_watch_swaps_week_id_asker_id",
                table: "watch_swaps",
                columns: new[] { "week_id", "asker_id" },
                unique: true,
                filter: "status = 'Asked'");

            migrationBuilder.CreateIndex(
                name: "ix_watch_weeks_branch_id_monday",
                table: "watch_weeks",
                columns: new[] { "branch_id", "monday" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "duty_excuses");

            migrationBuilder.DropTable(
                name: "duty_rules");

            migrationBuilder.DropTable(
                name: "watch_absences");

            migrationBuilder.DropTable(
                name: "watch_duties");

            migrationBuilder.DropTable(
                name: "watch_swaps");

            migrationBuilder.DropTable(
                name: "watch_weeks");
        }
    }
}
