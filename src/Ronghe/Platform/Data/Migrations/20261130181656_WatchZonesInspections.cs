using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class WatchZonesInspections : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "ix_findings_place_id_status_due_on_reported_at",
                table: "findings");

            migrationBuilder.AddColumn<int>(
                name: "every_days",
                table: "zones",
                type: "integer",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "independent_of_id",
                table: "findings",
                type: "uuid",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "inspection_photos",
                columns: table => new
                {
                    inspection_id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_id = table.Column<Guid>(type: "uuid", nullable: false),
                    item_id = table.Column<string>(type: "text", nullable: false),
                    by_id = table.Column<Guid>(type: "uuid", nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inspection_photos", x => new { x.inspection_id, x.file_id });
                    table.ForeignKey(
                        name: "fk_inspection_photos_inspections_inspection_id",
                        column: x => x.inspection_id,
                        principalTable: "inspections",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "findings_open_places",
                table: "findings",
                columns: new[] { "company_id", "place_id" },
                filter: "status in ('Reported', 'Assigned', 'Rectified', 'Verified') and place_id is not null")
                .Annotation("Npgsql:IndexInclude", new[] { "status", "due_on", "reported_at" });

            migrationBuilder.CreateIndex(
                name: "ix_findings_place_id_reported_at",
                table: "findings",
                columns: new[] { "place_id", "reported_at" });

            // As ZoneCadence reads them; later changes are read by the product.
            migrationBuilder.Sql("""
                update zones set every_days = greatest(1, case substring(cadence from '^每(班|日|天|周|旬|月|季|年)')
                        when '班' then 1 when '日' then 1 when '天' then 1 when '周' then 7 when '旬' then 10 when '月' then 30 when '季' then 90 else 365 end
                    / coalesce(nullif(substring(cadence from '([1-9][0-9]?) *次'), '')::int, 1))
                where cadence ~ '^每(班|日|天|周|旬|月|季|年)';
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "inspection_photos");

            migrationBuilder.DropIndex(
                name: "findings_open_places",
                table: "findings");

            migrationBuilder.DropIndex(
                name: "ix_findings_place_id_reported_at",
                table: "findings");

            migrationBuilder.DropColumn(
                name: "every_days",
                table: "zones");

            migrationBuilder.DropColumn(
                name: "independent_of_id",
                table: "findings");

            migrationBuilder.CreateIndex(
                name: "ix_findings_place_id_status_due_on_reported_at",
                table: "findings",
                columns: new[] { "place_id", "status", "due_on", "reported_at" });
        }
    }
}
