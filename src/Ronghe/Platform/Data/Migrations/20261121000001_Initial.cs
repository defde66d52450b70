using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "company_id",
                table: "hazard_categories");

            migrationBuilder.CreateTable(
                name: "finding_rules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    company_id = table.Column<Guid>(type: "uuid", nullable: false),
                    general_days = table.Column<int>(type: "integer", nullable: false),
                    major_days = table.Column<int>(type: "integer", nullable: false),
                    extensions_most = table.Column<int>(type: "integer", nullable: false),
                    confirm_days = table.Column<int>(type: "integer", nullable: false),
                    escalate_after = table.Column<int[]>(type: "integer[]", nullable: false),
                    recheck_percent = table.Column<int>(type: "integer", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_finding_rules", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "ix_finding_rules_company_id",
                table: "finding_rules",
                column: "company_id",
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "finding_rules");

            migrationBuilder.AddColumn<Guid>(
                name: "company_id",
                table: "hazard_categories",
                type: "uuid",
                nullable: true);
        }
    }
}
