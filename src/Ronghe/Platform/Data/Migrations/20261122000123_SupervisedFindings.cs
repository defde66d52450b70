using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Ronghe.Platform.Data.Migrations
{
    /// <inheritdoc />
    public partial class SupervisedFindings : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateIndex(
                name: "findings_supervised",
                table: "findings",
                columns: new[] { "company_id", "reported_at", "id" },
                filter: "supervised_at is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "findings_supervised",
                table: "findings");
        }
    }
}
